import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { App, Yaml } from "cdk8s";
import type { Cluster } from "../src/config/cluster-outputs.js";
import { chartsOf } from "./charts-of.js";

/** The manifests of one chart as they were written. */
export interface ChartManifests {
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  /** Number of objects. */
  readonly objects: number;
}

/** The manifests of one cluster, in the order of application. */
export interface ClusterManifests {
  readonly cluster: string;
  readonly charts: readonly ChartManifests[];
}

/** Digits of a file's number. */
const DIGITS = 4;

/**
 * Writes `<outdir>/<cluster>/NNNN-<chart>.k8s.yaml`, one file a chart, numbered in the order of application: the order in which
 * they are made.
 *
 * @param outdir absolute
 */
export function buildManifests(clusters: readonly Cluster[], outdir: string): readonly ClusterManifests[] {
  return clusters.map((cluster) => {
    const folder = join(outdir, cluster.config.name);
    mkdirSync(folder, { recursive: true });
    const charts = chartsOf(cluster).map((make, index) => {
      // cdk8s would number the files of charts that depend on each other, but looks at every object of each for every one of
      // the next: with twenty charts that never ends.
      const chart = make(new App());
      const file = join(folder, `${String(index).padStart(DIGITS, "0")}-${chart.node.id}.k8s.yaml`);
      const objects = chart.toJson() as readonly unknown[];
      Yaml.save(file, [...objects]);
      return { name: chart.node.id, file, objects: objects.length };
    });
    return { cluster: cluster.config.name, charts };
  });
}
