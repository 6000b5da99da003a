import { join } from "node:path";
import { App, YamlOutputType } from "cdk8s";
import type { ClusterConfig } from "../src/config/cluster-config.js";
import { NamespacesChart } from "./namespaces/namespaces-chart.js";

/**
 * Writes `<outdir>/<cluster>/<chart>.k8s.yaml`.
 *
 * @param outdir absolute
 */
export function buildManifests(configs: readonly ClusterConfig[], outdir: string): void {
  for (const config of configs) {
    const app = new App({ outdir: join(outdir, config.name), yamlOutputType: YamlOutputType.FILE_PER_CHART });
    new NamespacesChart(app, "namespaces");
    app.synth();
  }
}
