import { Chart } from "cdk8s";
import { ConfigMap } from "cdk8s-plus-27";
import type { Construct } from "constructs";
import { alertsOf } from "../../src/alerting/alert-rule.js";
import { alertingRules } from "../../src/alerting/alerting-rules.js";
import { maasDocuments } from "../../src/alerting/maas.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { PROMETHEUS_PORT } from "../monitoring/workloads.js";
import { Connections } from "../shared/connections.js";
import { ownerLabels } from "../shared/labels.js";
import { PLATFORM_PROMETHEUS } from "../shared/metrics.js";

/** Name of the ConfigMap that the agent mounts. */
export const MAAS_CONFIG_MAP = "maas-agent-configmap";

/** The agent's pods, which operators add, are known by this label `k8s-app`. */
const AGENT = "maas-agent";

/** Checks of the Monitoring as a Service agent: one for each alert that the cluster's Prometheus knows; and its way there. */
export class MaasAgentChart extends Chart {
  constructor(scope: Construct, id: string, config: ClusterConfig) {
    super(scope, id);
    new ConfigMap(this, "checks", {
      metadata: {
        name: MAAS_CONFIG_MAP,
        namespace: SYSTEM_NAMESPACE,
        labels: { ...ownerLabels, "k8s-app": AGENT },
      },
      data: { ...maasDocuments(alertsOf(alertingRules(config))) },
    });
    const workload = { namespace: SYSTEM_NAMESPACE, name: AGENT };
    new Connections(this, "connections", { config, workload }).allowTo(PLATFORM_PROMETHEUS, PROMETHEUS_PORT);
  }
}
