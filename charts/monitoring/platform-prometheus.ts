import { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { managedNamespaceNames } from "../../src/config/managed-namespaces.js";
import type { PrometheusSpec } from "../crds/generated/monitoring.coreos.com.js";
import { managedNamespaces } from "../shared/labels.js";
import { PLATFORM_PROMETHEUS, SIGNED_IN } from "../shared/metrics.js";
import { discoveryRules, PrometheusServer } from "./prometheus-server.js";
import { ALERTMANAGER, WEB_PORT } from "./workloads.js";

/** Where Kubernetes mounts the token of a pod's service account. */
const TOKEN_FILE = "/var/run/secrets/kubernetes.io/serviceaccount/token";
/** Where the Service of the API servers is; otherwise the namespace is the users'. */
export const API_SERVICE_NAMESPACE = "default";

/** The platform's rules have it. */
export const ruleLabels = { "k8s-app": PLATFORM_PROMETHEUS.name };

/** What it reads: the managed namespaces alone, and there what names its service by the label `k8s-app`. */
const platformSelectors = {
  serviceMonitorNamespaceSelector: managedNamespaces,
  serviceMonitorSelector: hasServiceLabel(),
  podMonitorNamespaceSelector: managedNamespaces,
  podMonitorSelector: hasServiceLabel(),
  probeNamespaceSelector: managedNamespaces,
  probeSelector: hasServiceLabel(),
  ruleNamespaceSelector: managedNamespaces,
  ruleSelector: { matchLabels: ruleLabels },
} satisfies PrometheusSpec;

function hasServiceLabel() {
  return { matchExpressions: [{ key: "k8s-app", operator: "Exists" }] };
}

/** The Prometheus of the platform. Nobody but the platform writes what it reads: what a target says is believed. */
export class PlatformPrometheus extends Construct {
  constructor(scope: Construct, id: string, config: ClusterConfig) {
    super(scope, id);
    const namespaces = [...managedNamespaceNames(config), API_SERVICE_NAMESPACE];
    new PrometheusServer(this, "prometheus", {
      config,
      workload: PLATFORM_PROMETHEUS,
      host: "prometheus",
      rights: {
        cluster: [
          { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
          { nonResourceUrLs: ["/metrics"], verbs: ["get"] },
        ],
        namespaces: Object.fromEntries(namespaces.map((namespace) => [namespace, discoveryRules])),
      },
      storageGiB: config.services.monitoring.storageGiB,
      resources: { requests: { cpu: "200m", memory: "600Mi" }, limits: { cpu: "2", memory: "2Gi" } },
      spec: {
        ...platformSelectors,
        scrapeClasses: [{ name: SIGNED_IN, authorization: { credentialsFile: TOKEN_FILE } }],
        // The flow that its metrics are read by serves alerts too.
        alerting: {
          alertmanagers: [
            { namespace: ALERTMANAGER.namespace, name: ALERTMANAGER.name, port: WEB_PORT, apiVersion: "v2" },
          ],
        },
      },
    });
  }
}
