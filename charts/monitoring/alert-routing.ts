import { alertsOf, type Severity } from "../../src/alerting/alert-rule.js";
import { alertingRules } from "../../src/alerting/alerting-rules.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import type { AlertmanagerConfigSpec, Route } from "../crds/generated/monitoring.coreos.com.js";
import { inhibitRules } from "./inhibitions.js";
import { HEARTBEAT, NOBODY, receiversOf } from "./receivers.js";

/** How long alerts are gathered into one message, and when it is sent again while they go on. */
const timings: Readonly<Record<Severity, Pick<Route, "groupWait" | "repeatInterval">>> = {
  critical: { groupWait: "10s", repeatInterval: "4h" },
  warning: { groupWait: "1m", repeatInterval: "12h" },
  info: { groupWait: "5m", repeatInterval: "24h" },
};

/** Whom Alertmanager tells of which alert. What is for nobody is still seen on its page. */
export function alertRouting(config: ClusterConfig): AlertmanagerConfigSpec {
  const { monitoring } = config.services;
  const alerts = alertsOf(alertingRules(config));
  const heartbeats = alerts.filter(({ heartbeat = false }) => heartbeat).map(({ alert }) => alert);
  return {
    route: {
      receiver: NOBODY,
      groupBy: ["alertname", "namespace"],
      groupInterval: "5m",
      ...timings.warning,
      routes: [
        heartbeatRoute(heartbeats, monitoring.heartbeat === undefined ? NOBODY : HEARTBEAT),
        ...monitoring.notifications.flatMap(({ name, severities }) =>
          severities.map((severity) => severityRoute(name, severity)),
        ),
      ],
    },
    receivers: receiversOf(config),
    inhibitRules: inhibitRules(alerts.map(({ alert }) => alert)),
  };
}

/** It goes no further: that all is well is news to a switch alone, and to it every few minutes. */
function heartbeatRoute(alerts: readonly string[], receiver: string): Route {
  return {
    receiver,
    matchers: [{ name: "alertname", matchType: "=~", value: alerts.join("|") }],
    groupWait: "0s",
    groupInterval: "1m",
    repeatInterval: "5m",
  };
}

/** The routes after it are tried too: an alert reaches everybody who wants its severity. */
function severityRoute(receiver: string, severity: Severity): Route {
  return {
    receiver,
    matchers: [{ name: "severity", matchType: "=", value: severity }],
    ...timings[severity],
    continue: true,
  };
}
