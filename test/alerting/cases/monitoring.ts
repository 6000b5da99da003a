import { downCase, type AlertCases } from "./alert-case.js";

const prometheus = `job="prometheus-k8s",pod="prometheus-k8s-0"`;
const alertmanager = `job="alertmanager",pod="alertmanager-main-0"`;

export const monitoringCases: AlertCases = {
  TargetsDown: {
    series: {
      [`up{namespace="rackspace-system",job="grafana",instance="10.2.0.3:3000"}`]: [0, 1],
      [`up{namespace="default",job="shop",instance="10.2.0.5:80"}`]: 0,
    },
    labels: { namespace: "rackspace-system", job: "grafana" },
    value: "100%",
  },
  KubeStateMetricsDown: downCase("kube-state-metrics"),
  CustomerPrometheusDown: downCase("prometheus-customer"),
  PrometheusConfigurationBad: { series: { [`prometheus_config_last_reload_successful{${prometheus}}`]: [0, 1] } },
  PrometheusRulesFailing: {
    series: {
      [`prometheus_rule_evaluation_failures_total{${prometheus},rule_group="nodes"}`]: ["0+1", "4+0"],
    },
  },
  PrometheusWithoutAlertmanager: {
    series: { [`prometheus_notifications_alertmanagers_discovered{${prometheus}}`]: [0, 2] },
  },
  PrometheusIngestsNothing: {
    series: { [`prometheus_tsdb_head_samples_appended_total{${prometheus},type="float"}`]: ["1000+0", "1000+1"] },
  },
  AlertmanagerDown: downCase("alertmanager"),
  AlertmanagerConfigurationBad: { series: { [`alertmanager_config_last_reload_successful{${alertmanager}}`]: [0, 1] } },
  AlertmanagerMembersMissing: { series: { [`alertmanager_cluster_members{${alertmanager}}`]: [1, 2] }, value: "1" },
  AlertmanagerNotificationsFailing: {
    series: {
      [`alertmanager_notifications_failed_total{${alertmanager},integration="email",reason="other"}`]: ["0+6", "0+0.1"],
      [`alertmanager_notifications_total{${alertmanager},integration="email"}`]: "0+12",
    },
    labels: { integration: "email" },
    value: "50%",
  },
  PrometheusOperatorDown: downCase("prometheus-operator"),
  PrometheusOperatorRejects: {
    series: {
      [`prometheus_operator_managed_resources{job="prometheus-operator",resource="ServiceMonitor",state="rejected"}`]: [
        2, 0,
      ],
    },
    value: "2",
  },
};
