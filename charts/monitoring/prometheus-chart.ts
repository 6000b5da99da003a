import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import { alertingRules } from "../../src/alerting/alerting-rules.js";
import { prometheusRuleSpec } from "../../src/alerting/prometheus-rule.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { PrometheusRule } from "../crds/custom-resources.js";
import { ownerLabels } from "../shared/labels.js";
import { PLATFORM_PROMETHEUS } from "../shared/metrics.js";
import { CustomerPrometheus } from "./customer-prometheus.js";
import { PlatformPrometheus, ruleLabels } from "./platform-prometheus.js";

/** Two Prometheus, that of the platform with its rules and that of the users. Neither reads what is the other's. */
export class PrometheusChart extends Chart {
  constructor(scope: Construct, id: string, config: ClusterConfig) {
    super(scope, id);
    new PlatformPrometheus(this, "platform", config);
    new CustomerPrometheus(this, "customer", config);
    new PrometheusRule(this, "rules", {
      metadata: {
        name: "platform",
        namespace: PLATFORM_PROMETHEUS.namespace,
        labels: { ...ownerLabels, ...ruleLabels },
      },
      spec: prometheusRuleSpec(alertingRules(config)),
    });
  }
}
