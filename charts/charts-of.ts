import type { App, Chart } from "cdk8s";
import type { OpenStackClusterConfig } from "../src/config/cluster-config.js";
import { isOnOpenStack, type Cluster, type EksCluster, type OpenStackCluster } from "../src/config/cluster-outputs.js";
import { AccessChart } from "./access/access-chart.js";
import { CertManagerChart } from "./cert-manager/cert-manager-chart.js";
import { CinderCsiChart } from "./cinder-csi/cinder-csi-chart.js";
import { CloudControllerManagerChart } from "./cloud-controller-manager/cloud-controller-manager-chart.js";
import { ClusterAutoscalerChart } from "./cluster-autoscaler/cluster-autoscaler-chart.js";
import { CalicoChart } from "./cni/calico-chart.js";
import { CanalChart } from "./cni/canal-chart.js";
import { FlannelChart } from "./cni/flannel-chart.js";
import { AmazonDnsChart } from "./dns/amazon-dns-chart.js";
import { CoreDnsChart } from "./dns/core-dns-chart.js";
import { ExportersChart } from "./exporters/exporters-chart.js";
import { GrafanaChart } from "./grafana/grafana-chart.js";
import { IssuersChart } from "./issuers/issuers-chart.js";
import { LoadBalancerControllerChart } from "./load-balancer-controller/load-balancer-controller-chart.js";
import { MaasAgentChart } from "./maas/maas-agent-chart.js";
import { MetricsServerChart } from "./metrics-server/metrics-server-chart.js";
import { MonitoredAppChart } from "./monitored-app/monitored-app-chart.js";
import { AlertmanagerChart } from "./monitoring/alertmanager-chart.js";
import { ControlPlaneChart } from "./monitoring/control-plane-chart.js";
import { PrometheusChart } from "./monitoring/prometheus-chart.js";
import { PrometheusOperatorChart } from "./monitoring/prometheus-operator-chart.js";
import { NamespacesChart } from "./namespaces/namespaces-chart.js";
import { NodeUpdatesChart } from "./node-updates/node-updates-chart.js";
import { PoliciesChart } from "./policies/policies-chart.js";
import { PrioritiesChart } from "./priorities/priorities-chart.js";
import { SnapshotsChart } from "./snapshots/snapshots-chart.js";
import { StorageClassesChart } from "./storage-classes/storage-classes-chart.js";

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
    (app) => new StorageClassesChart(app, "storage-classes", cluster),
    (app) => new MetricsServerChart(app, "metrics-server", { config }),
    (app) => new CertManagerChart(app, "cert-manager", { config }),
    // Whoever shows a certificate of the platform comes after it.
    (app) => new IssuersChart(app, "issuers", { config }),
    ...(isOnOpenStack(cluster) ? [] : awsControllers(cluster)),
    ...(config.services.monitoring.enabled ? monitoringCharts(cluster) : []),
  ];
}

/** Nodes first, which have no addresses else, and then the network: without it no pod starts that is not on its node's own. */
function openStackCharts(cluster: OpenStackCluster): readonly MakeChart[] {
  const { config } = cluster;
  return [
    (app) => new CloudControllerManagerChart(app, "cloud-controller-manager", cluster),
    networkChart(config),
    (app) => new CoreDnsChart(app, "core-dns", { config }),
    (app) => new CinderCsiChart(app, "cinder-csi", cluster),
    (app) => new SnapshotsChart(app, "snapshots", config),
    ...(config.services.nodeUpdates.enabled ? [(app: App) => new NodeUpdatesChart(app, "node-updates", config)] : []),
  ];
}

function networkChart(config: OpenStackClusterConfig): MakeChart {
  switch (config.network.cni) {
    case "calico":
      return (app) => new CalicoChart(app, "calico", { config });
    case "canal":
      return (app) => new CanalChart(app, "canal", { config });
    case "flannel":
      return (app) => new FlannelChart(app, "flannel", { config });
  }
}

/** The network and the names of pods are Amazon's add-ons. */
function eksCharts({ config }: EksCluster): readonly MakeChart[] {
  return config.services.monitoring.enabled ? [(app) => new AmazonDnsChart(app, "amazon-dns", { config })] : [];
}

/** What makes balancers and nodes. */
function awsControllers(cluster: EksCluster): readonly MakeChart[] {
  return [
    (app) => new LoadBalancerControllerChart(app, "load-balancer-controller", cluster),
    (app) => new ClusterAutoscalerChart(app, "cluster-autoscaler", cluster),
  ];
}

function monitoringCharts({ config }: Cluster): readonly MakeChart[] {
  return [
    (app) => new PrometheusOperatorChart(app, "prometheus-operator", config),
    (app) => new AlertmanagerChart(app, "alertmanager", config),
    (app) => new PrometheusChart(app, "prometheus", config),
    (app) => new ControlPlaneChart(app, "control-plane", config),
    (app) => new ExportersChart(app, "exporters", { config }),
    (app) => new GrafanaChart(app, "grafana", { config }),
    (app) => new MaasAgentChart(app, "maas-agent", config),
    // An example for users, where nobody minds what else runs.
    ...(config.profile === "development"
      ? [(app: App) => new MonitoredAppChart(app, "monitored-app", { config })]
      : []),
  ];
}
