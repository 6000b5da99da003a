import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import { jobs } from "../../src/alerting/jobs.js";
import { etcdMembers, fixedAddressOf, isOpenStack, type ClusterConfig } from "../../src/config/cluster-config.js";
import { KUBE_SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { ServiceMonitor } from "../crds/custom-resources.js";
import { ownerLabels } from "../shared/labels.js";
import { Metrics, SIGNED_IN } from "../shared/metrics.js";
import { apiServerMetrics, cadvisorMetrics, componentMetrics, kubeletMetrics } from "./kept-series.js";
import { HostTargets } from "./host-targets.js";
import { API_SERVICE_NAMESPACE } from "./platform-prometheus.js";

/** Service in kube-system that the operator keeps, with every node's kubelet. Its label `k8s-app` is the same. */
export const KUBELET_SERVICE = jobs.kubelet;
const KUBELET_PORT = 10250;
/** As kubeadm leaves them. */
const CONTROLLER_MANAGER_PORT = 10257;
const SCHEDULER_PORT = 10259;
/** Without sign-in, as nodes are told: src/bootstrap. */
const ETCD_PORT = 2381;

/** What Prometheus reads of Kubernetes itself, which no chart runs. On EKS the control plane but for its API is Amazon's. */
export class ControlPlaneChart extends Chart {
  constructor(scope: Construct, id: string, config: ClusterConfig) {
    super(scope, id);
    this.addApiServers();
    this.addKubelets(config);
    if (!isOpenStack(config)) return;
    const onControllers = (component: string) => ({ component, tier: "control-plane" });
    new HostTargets(this, "controller-manager", {
      config,
      name: jobs.controllerManager,
      pods: onControllers("kube-controller-manager"),
      endpoint: {
        number: CONTROLLER_MANAGER_PORT,
        scheme: "https",
        signIn: true,
        metricRelabelings: componentMetrics,
      },
    });
    new HostTargets(this, "scheduler", {
      config,
      name: jobs.scheduler,
      pods: onControllers("kube-scheduler"),
      endpoint: { number: SCHEDULER_PORT, scheme: "https", signIn: true, metricRelabelings: componentMetrics },
    });
    new HostTargets(this, "etcd", {
      config,
      name: jobs.etcd,
      addresses: etcdMembers(config).map(fixedAddressOf),
      endpoint: { number: ETCD_PORT },
    });
  }

  /** The Service that Kubernetes gives its API. Others that users make beside it are not it. */
  private addApiServers(): void {
    const name = jobs.apiServer;
    new ServiceMonitor(this, "api-server", {
      metadata: { name, namespace: KUBE_SYSTEM_NAMESPACE, labels: { ...ownerLabels, "k8s-app": name } },
      spec: {
        namespaceSelector: { matchNames: [API_SERVICE_NAMESPACE] },
        selector: { matchLabels: { component: "apiserver", provider: "kubernetes" } },
        scrapeClass: SIGNED_IN,
        endpoints: [
          {
            port: "https",
            scheme: "https",
            // The token is shown to nobody who has no certificate of the cluster's CA for this name.
            tlsConfig: { ca: { configMap: { name: "kube-root-ca.crt", key: "ca.crt" } }, serverName: "kubernetes" },
            relabelings: [
              { action: "keep", sourceLabels: ["__meta_kubernetes_service_name"], regex: "kubernetes" },
              { action: "replace", targetLabel: "job", replacement: name },
            ],
            metricRelabelings: apiServerMetrics,
          },
        ],
      },
    });
  }

  /** What they tell of pods and volumes says itself whose it is. */
  private addKubelets(config: ClusterConfig): void {
    const path = { action: "replace", sourceLabels: ["__metrics_path__"], targetLabel: "metrics_path" } as const;
    const common = {
      port: "https-metrics",
      number: KUBELET_PORT,
      scheme: "https",
      signIn: true,
      honorLabels: true,
      relabelings: [path],
    } as const;
    new Metrics(this, "kubelet", {
      config,
      workload: { namespace: KUBE_SYSTEM_NAMESPACE, name: KUBELET_SERVICE, onHostNetwork: true },
      endpoints: [
        { ...common, metricRelabelings: kubeletMetrics },
        { ...common, path: "/metrics/cadvisor", honorTimestamps: false, metricRelabelings: cadvisorMetrics },
        { ...common, path: "/metrics/probes" },
      ],
    });
  }
}
