import type { ClusterConfig } from "../../config/cluster-config.js";
import type { Rule, RuleGroup } from "../alert-rule.js";
import { jobDown } from "../job-down.js";
import { jobs } from "../jobs.js";
import { inManagedNamespaces } from "../managed-namespaces.js";

const prometheus = `job=~"${jobs.prometheus}|${jobs.customerPrometheus}"`;
const alertmanager = `job="${jobs.alertmanager}"`;
const operator = `job="${jobs.prometheusOperator}"`;

/** What watches the others. */
export function prometheusRules(config: ClusterConfig): readonly RuleGroup[] {
  const { replicas } = config.services.monitoring;
  return [
    { name: "targets", rules: targets(inManagedNamespaces(config)) },
    { name: "prometheus", rules: servers },
    { name: "alertmanager", rules: alertmanagers(replicas) },
    { name: "prometheus-operator", rules: operators },
  ];
}

function targets(managed: string): readonly Rule[] {
  return [
    {
      alert: "TargetsDown",
      expr: `count by (namespace, job) (up{${managed}} == 0) / count by (namespace, job) (up{${managed}}) > 0.1`,
      for: "15m",
      severity: "warning",
      summary: "Instances of a managed service cannot be scraped.",
      description:
        "Prometheus cannot read {{ $value | humanizePercentage }} of the instances of {{ $labels.job }} in {{ $labels.namespace }}.",
    },
    jobDown({
      alert: "KubeStateMetricsDown",
      job: jobs.kubeStateMetrics,
      service: "kube-state-metrics",
      severity: "critical",
      consequence: "Alerts on nodes, pods and volumes are blind.",
    }),
  ];
}

const servers: readonly Rule[] = [
  jobDown({
    alert: "CustomerPrometheusDown",
    job: jobs.customerPrometheus,
    service: "the customer's Prometheus",
    severity: "warning",
    consequence: "The users' own metrics and alerts are missing.",
  }),
  {
    alert: "PrometheusConfigurationBad",
    expr: `prometheus_config_last_reload_successful{${prometheus}} == 0`,
    for: "10m",
    severity: "critical",
    summary: "A Prometheus refuses its new configuration.",
    description: "{{ $labels.pod }} goes on with the configuration that it had: newer targets and rules are missing.",
  },
  {
    alert: "PrometheusRulesFailing",
    expr: `increase(prometheus_rule_evaluation_failures_total{${prometheus}}[5m]) > 0`,
    for: "15m",
    severity: "critical",
    summary: "A Prometheus cannot evaluate some of its rules.",
    description: "Rules of {{ $labels.rule_group }} fail in {{ $labels.pod }}: their alerts cannot fire.",
  },
  {
    alert: "PrometheusWithoutAlertmanager",
    // The customers' tells none: see charts/monitoring/customer-prometheus.ts.
    expr: `prometheus_notifications_alertmanagers_discovered{job="${jobs.prometheus}"} < 1`,
    for: "10m",
    severity: "critical",
    summary: "A Prometheus knows no Alertmanager.",
    description: "{{ $labels.pod }} has nobody to send alerts to.",
  },
  {
    alert: "PrometheusIngestsNothing",
    expr: `rate(prometheus_tsdb_head_samples_appended_total{${prometheus}}[5m]) <= 0`,
    for: "10m",
    severity: "critical",
    summary: "A Prometheus takes in no samples.",
    description: "{{ $labels.pod }} stores nothing new: every alert of it is blind.",
  },
];

/** @param replicas that the configuration names */
function alertmanagers(replicas: number): readonly Rule[] {
  return [
    jobDown({
      alert: "AlertmanagerDown",
      job: jobs.alertmanager,
      service: "Alertmanager",
      severity: "critical",
      consequence: "Alerts reach nobody, this one too: the dead man's switch is what raises the alarm.",
      for: "5m",
    }),
    {
      alert: "AlertmanagerConfigurationBad",
      expr: `alertmanager_config_last_reload_successful{${alertmanager}} == 0`,
      for: "10m",
      severity: "critical",
      summary: "An Alertmanager refuses its new configuration.",
      description: "{{ $labels.pod }} goes on with the routes that it had.",
    },
    ...(replicas > 1
      ? [
          {
            alert: "AlertmanagerMembersMissing",
            expr: `max_over_time(alertmanager_cluster_members{${alertmanager}}[5m]) < ${replicas}`,
            for: "15m",
            severity: "warning",
            summary: "The Alertmanagers do not all know each other.",
            description: `{{ $labels.pod }} knows {{ $value }} of ${replicas} members: alerts may be sent twice.`,
          } as const,
        ]
      : []),
    {
      alert: "AlertmanagerNotificationsFailing",
      expr: `
        sum by (integration) (rate(alertmanager_notifications_failed_total{${alertmanager}}[10m]))
        / sum by (integration) (rate(alertmanager_notifications_total{${alertmanager}}[10m])) > 0.05`,
      for: "10m",
      severity: "critical",
      summary: "Alertmanager cannot deliver notifications.",
      description: "{{ $value | humanizePercentage }} of the notifications by {{ $labels.integration }} fail.",
    },
  ];
}

const operators: readonly Rule[] = [
  jobDown({
    alert: "PrometheusOperatorDown",
    job: jobs.prometheusOperator,
    service: "the Prometheus Operator",
    severity: "warning",
    consequence: "Changes of ServiceMonitors and rules have no effect.",
  }),
  {
    alert: "PrometheusOperatorRejects",
    expr: `min_over_time(prometheus_operator_managed_resources{${operator},state="rejected"}[5m]) > 0`,
    for: "10m",
    severity: "warning",
    summary: "The Prometheus Operator refuses a resource.",
    description: "The operator refuses {{ $value }} resources of the kind {{ $labels.resource }}: they have no effect.",
  },
];
