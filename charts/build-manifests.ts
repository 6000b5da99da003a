import { join } from "node:path";
import { App, YamlOutputType, type Chart } from "cdk8s";
import type { Cluster } from "../src/config/cluster-outputs.js";
import { chartsOf } from "./charts-of.js";

/**
 * Writes `<outdir>/<cluster>/NNNN-<chart>.k8s.yaml`, one file a chart, numbered in the order of application: the order in which
 * they are made.
 *
 * @param outdir absolute
 */
export function buildManifests(clusters: readonly Cluster[], outdir: string): void {
  for (const cluster of clusters) {
    const app = new App({
      outdir: join(outdir, cluster.config.name),
      yamlOutputType: YamlOutputType.FILE_PER_CHART,
    });
    for (const make of chartsOf(cluster)) make(app);
    applyInOrder(app.charts);
    app.synth();
  }
}

/** cdk8s numbers the files of charts that depend on each other. */
function applyInOrder(charts: readonly Chart[]): void {
  charts.forEach((chart, index) => {
    const before = charts[index - 1];
    if (before !== undefined) chart.addDependency(before);
  });
}
