import { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import type { PrometheusSpec } from "../crds/generated/monitoring.coreos.com.js";
import { customerMonitoredNamespaces } from "../shared/labels.js";
import { discoveryRules, PrometheusServer } from "./prometheus-server.js";
import { CUSTOMER_PROMETHEUS } from "./workloads.js";

const hasServiceLabel = { matchExpressions: [{ key: "k8s-app", operator: "Exists" }] };

/** What it reads: namespaces of users that want it, and there what names its service; rules are all theirs. */
const customerSelectors = {
  serviceMonitorNamespaceSelector: customerMonitoredNamespaces,
  serviceMonitorSelector: hasServiceLabel,
  podMonitorNamespaceSelector: customerMonitoredNamespaces,
  podMonitorSelector: hasServiceLabel,
  probeNamespaceSelector: customerMonitoredNamespaces,
  probeSelector: hasServiceLabel,
  ruleNamespaceSelector: customerMonitoredNamespaces,
  ruleSelector: {},
} satisfies PrometheusSpec;

/** What one object of a user may bring in, so that it is no other user's loss. */
const limits = {
  enforcedSampleLimit: 20_000,
  enforcedTargetLimit: 500,
  enforcedLabelLimit: 50,
  enforcedLabelNameLengthLimit: 128,
  enforcedLabelValueLengthLimit: 1024,
  enforcedBodySizeLimit: "20MB",
  enforcedKeepDroppedTargets: 100,
  query: { maxConcurrency: 10, maxSamples: 10_000_000, timeout: "1m" },
} satisfies PrometheusSpec;

/**
 * The Prometheus of the users. It takes their word for nothing: whose namespace an object is in says which pods it may name and
 * what is stored under which namespace.
 *
 * It tells Alertmanager nothing. A user's rule may carry any label, and with that look like an alert of the platform, silence
 * one by an inhibition, or flood what pages operators; its alerts are seen on this Prometheus' page and in Grafana.
 */
export class CustomerPrometheus extends Construct {
  constructor(scope: Construct, id: string, config: ClusterConfig) {
    super(scope, id);
    const { connections } = new PrometheusServer(this, "prometheus", {
      config,
      workload: CUSTOMER_PROMETHEUS,
      host: "prometheus-customer",
      rights: {
        // Users label namespaces when they like: a right in each would come too late.
        cluster: [
          ...discoveryRules,
          { apiGroups: ["networking.k8s.io"], resources: ["ingresses"], verbs: ["get", "list", "watch"] },
        ],
      },
      storageGiB: config.services.monitoring.customerStorageGiB,
      resources: { requests: { cpu: "100m", memory: "300Mi" }, limits: { cpu: "1", memory: "1Gi" } },
      spec: {
        ...customerSelectors,
        ...limits,
        enforcedNamespaceLabel: "namespace",
        ignoreNamespaceSelectors: true,
        overrideHonorLabels: true,
        overrideHonorTimestamps: true,
      },
    });
    connections.allowToCustomerMonitoredPods();
  }
}
