import type { ClusterConfig } from "../config/cluster-config.js";
import type { RuleGroup } from "./alert-rule.js";
import { oneLine } from "./expression.js";
import { apiServerRules } from "./rules/api-server.js";
import { backupRules } from "./rules/backup.js";
import { certManagerRules } from "./rules/cert-manager.js";
import { certificateRules } from "./rules/certificates.js";
import { cloudRules } from "./rules/cloud.js";
import { controlPlaneRules } from "./rules/control-plane.js";
import { databaseRules } from "./rules/databases.js";
import { dnsRules } from "./rules/dns.js";
import { etcdRules } from "./rules/etcd.js";
import { ingressRules } from "./rules/ingress.js";
import { kubeletRules } from "./rules/kubelet.js";
import { kubernetesAuthRules } from "./rules/kubernetes-auth.js";
import { loggingRules } from "./rules/logging.js";
import { networkRules } from "./rules/network.js";
import { nodeRules } from "./rules/nodes.js";
import { prometheusRules } from "./rules/prometheus.js";
import { registryRules } from "./rules/registry.js";
import { storageRules } from "./rules/storage.js";
import { watchdogRules } from "./rules/watchdog.js";
import { workloadRules } from "./rules/workloads.js";

const topics: readonly ((config: ClusterConfig) => readonly RuleGroup[])[] = [
  watchdogRules,
  nodeRules,
  kubeletRules,
  apiServerRules,
  controlPlaneRules,
  etcdRules,
  certificateRules,
  dnsRules,
  networkRules,
  storageRules,
  cloudRules,
  workloadRules,
  prometheusRules,
  loggingRules,
  registryRules,
  databaseRules,
  backupRules,
  ingressRules,
  certManagerRules,
  kubernetesAuthRules,
];

/**
 * What the internal Prometheus of a cluster watches: rules of what the cluster has, with thresholds of its configuration.
 * None without monitoring.
 */
export function alertingRules(config: ClusterConfig): readonly RuleGroup[] {
  if (!config.services.monitoring.enabled) return [];
  return topics
    .flatMap((topic) => topic(config))
    .filter(({ rules }) => rules.length > 0)
    .map((group) => ({ ...group, rules: group.rules.map((rule) => ({ ...rule, expr: oneLine(rule.expr) })) }));
}
