import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildManifests } from "../../../charts/build-manifests.js";
import { type ClusterConfig } from "../../../src/config/cluster-config.js";
import { plannedCluster } from "../../../src/config/cluster-outputs.js";

/** Charts of the platform's base: the rest brings custom resources and workloads, and has suites of its own. */
export const BASE = /^\d{4}-(namespaces|priorities|access|policies)\.k8s\.yaml$/;

/** A file of `dist/<cluster>/`. */
export interface ManifestFile {
  readonly name: string;
  readonly text: string;
}

/** What `npm run synth` writes for a cluster, in the order of application. */
export function manifestFiles(config: ClusterConfig): readonly ManifestFile[] {
  const outdir = mkdtempSync(join(tmpdir(), "kaas-charts-"));
  try {
    buildManifests([plannedCluster(config)], outdir);
    const folder = join(outdir, config.name);
    return readdirSync(folder)
      .sort()
      .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Manifests of the base, or of the charts whose files match, in the order of application. */
export function synthesize(config: ClusterConfig, charts = BASE): readonly string[] {
  return manifestFiles(config)
    .filter(({ name }) => charts.test(name))
    .map(({ text }) => text);
}
