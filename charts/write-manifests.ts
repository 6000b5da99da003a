import { readdirSync, rmSync } from "node:fs";
import { basename, join, relative } from "node:path";
import type { Cluster } from "../src/config/cluster-outputs.js";
import { fillFolder } from "../src/lib/filled-folder.js";
import { buildManifests, type ChartManifests, type ClusterManifests } from "./build-manifests.js";

/** Names that manifests of ours have. */
const MANIFESTS = /^\d{4}-[a-z0-9-]+\.k8s\.yaml$/;

/**
 * Writes the manifests of the clusters once all of them could be made. Files that an earlier run left in a cluster's folder and
 * that it has no more are deleted; those of others stay.
 *
 * @param outdir absolute
 * @param remedy for the user, when nothing can be written there
 */
export async function writeManifests(
  clusters: readonly Cluster[],
  outdir: string,
  remedy: string,
): Promise<readonly ClusterManifests[]> {
  const written = await fillFolder(outdir, remedy, (scratch) =>
    buildManifests(clusters, scratch).map(({ cluster, charts }) => ({
      cluster,
      charts: charts.map((chart) => ({ ...chart, file: join(outdir, relative(scratch, chart.file)) })),
    })),
  );
  for (const { cluster, charts } of written) removeStale(join(outdir, cluster), charts);
  return written;
}

function removeStale(folder: string, charts: readonly ChartManifests[]): void {
  const current = new Set(charts.map(({ file }) => basename(file)));
  for (const file of readdirSync(folder)) {
    if (MANIFESTS.test(file) && !current.has(file)) rmSync(join(folder, file));
  }
}
