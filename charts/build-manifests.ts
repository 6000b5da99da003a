import { join } from "node:path";
import { App, YamlOutputType, type Chart } from "cdk8s";
import type { ClusterConfig } from "../src/config/cluster-config.js";
import { AccessChart } from "./access/access-chart.js";
import { MaasAgentChart } from "./maas/maas-agent-chart.js";
import { MetricsServerChart } from "./metrics-server/metrics-server-chart.js";
import { NamespacesChart } from "./namespaces/namespaces-chart.js";
import { PoliciesChart } from "./policies/policies-chart.js";
import { PrioritiesChart } from "./priorities/priorities-chart.js";
import { placeholderOutputs } from "./shared/cluster-outputs.js";

/**
 * Writes `<outdir>/<cluster>/NNNN-<chart>.k8s.yaml`, one file a chart, numbered in the order of application: the order in which
 * they are made here.
 *
 * @param outdir absolute
 */
export function buildManifests(configs: readonly ClusterConfig[], outdir: string): void {
  for (const config of configs) {
    const app = new App({ outdir: join(outdir, config.name), yamlOutputType: YamlOutputType.FILE_PER_CHART });
    new NamespacesChart(app, "namespaces", config);
    new PrioritiesChart(app, "priorities");
    new AccessChart(app, "access", { config, outputs: placeholderOutputs });
    new PoliciesChart(app, "policies", config);
    new MetricsServerChart(app, "metrics-server", { config });
    if (config.services.monitoring.enabled) new MaasAgentChart(app, "maas-agent", config);
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
