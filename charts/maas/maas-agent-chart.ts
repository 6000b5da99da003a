import { Chart } from "cdk8s";
import { ConfigMap } from "cdk8s-plus-27";
import type { Construct } from "constructs";
import { alertsOf } from "../../src/alerting/alert-rule.js";
import { alertingRules } from "../../src/alerting/alerting-rules.js";
import { maasDocuments } from "../../src/alerting/maas.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { ownerLabels } from "../shared/labels.js";

/** Name of the ConfigMap that the agent mounts. */
export const MAAS_CONFIG_MAP = "maas-agent-configmap";

/** Checks of the Monitoring as a Service agent: one for each alert that the cluster's Prometheus knows. */
export class MaasAgentChart extends Chart {
  constructor(scope: Construct, id: string, config: ClusterConfig) {
    super(scope, id);
    new ConfigMap(this, "checks", {
      metadata: {
        name: MAAS_CONFIG_MAP,
        namespace: SYSTEM_NAMESPACE,
        labels: { ...ownerLabels, "k8s-app": "maas-agent" },
      },
      data: { ...maasDocuments(alertsOf(alertingRules(config))) },
    });
  }
}
