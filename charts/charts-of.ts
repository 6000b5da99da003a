import type { App, Chart } from "cdk8s";
import { isOnOpenStack, type Cluster, type EksCluster, type OpenStackCluster } from "../src/config/cluster-outputs.js";
import { AccessChart } from "./access/access-chart.js";
import { MaasAgentChart } from "./maas/maas-agent-chart.js";
import { MetricsServerChart } from "./metrics-server/metrics-server-chart.js";
import { NamespacesChart } from "./namespaces/namespaces-chart.js";
import { PoliciesChart } from "./policies/policies-chart.js";
import { PrioritiesChart } from "./priorities/priorities-chart.js";

type MakeChart = (app: App) => Chart;

/** The charts of a cluster, in the order of application. */
export function chartsOf(cluster: Cluster): readonly MakeChart[] {
  const { config } = cluster;
  return [
    (app) => new NamespacesChart(app, "namespaces", config),
    (app) => new PrioritiesChart(app, "priorities"),
    (app) => new AccessChart(app, "access", cluster),
    (app) => new PoliciesChart(app, "policies", config),
    ...(isOnOpenStack(cluster) ? openStackCharts(cluster) : eksCharts(cluster)),
    (app) => new MetricsServerChart(app, "metrics-server", { config }),
    ...(config.services.monitoring.enabled ? monitoringCharts(cluster) : []),
  ];
}

/** The network first: without it no pod starts that is not on its node's own. */
function openStackCharts(_cluster: OpenStackCluster): readonly MakeChart[] {
  return [];
}

function eksCharts(_cluster: EksCluster): readonly MakeChart[] {
  return [];
}

function monitoringCharts({ config }: Cluster): readonly MakeChart[] {
  return [(app) => new MaasAgentChart(app, "maas-agent", config)];
}
