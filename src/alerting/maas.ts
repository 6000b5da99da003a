import { Document, isScalar, isSeq, Scalar, visit } from "yaml";
import type { AlertRule, Severity } from "./alert-rule.js";
import { minutesOf } from "./duration.js";

/** Where the agent's checks ask. */
export const PROMETHEUS_URL = "http://prometheus-k8s.rackspace-system.svc.cluster.local:9090";
/** The plugin that the agent runs for each of them: images/maas-agent/check_prometheus.py. */
const PLUGIN = "check_prometheus.py";
/** Seconds between two runs of a check, and those that one may take. */
const PERIOD_SECONDS = 60;
const TIMEOUT_SECONDS = 30;
/** The most that an alarm counts. */
const MOST_CONSECUTIVE = 5;

/** What the alarm language knows. */
type AlarmStatus = "OK" | "WARNING" | "CRITICAL";

const statusOf: Readonly<Record<Severity, AlarmStatus>> = {
  critical: "CRITICAL",
  warning: "WARNING",
  // Nobody is called for it; the message is shown.
  info: "OK",
};

interface MaasAlarm {
  readonly label: string;
  readonly notification_plan_id: "npManaged";
  readonly disabled: "false";
  readonly criteria: string;
}

/** A check of the agent as its configuration has it; numbers and truth values are texts there. */
export interface MaasCheck {
  readonly type: "agent.plugin";
  readonly label: string;
  readonly period: string;
  readonly timeout: string;
  readonly disabled: "false";
  readonly details: { readonly file: string; readonly args: readonly string[] };
  readonly alarms: Readonly<Record<string, MaasAlarm>>;
}

/** An alert's name among checks: DeadMansSwitch is `dead_mans_switch`, KubeAPIDown is `kube_api_down`. */
export function checkName(alert: string): string {
  return alert
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** How many checks in a row must fail, for an alert that fires after `for`. */
export function consecutiveCount(rule: Pick<AlertRule, "for">): number {
  return Math.min(MOST_CONSECUTIVE, Math.max(1, minutesOf(rule.for)));
}

/** The check that asks Prometheus what an alert's expression gives, and the alarm that judges the answer. */
export function maasCheck(rule: AlertRule): MaasCheck {
  const { alert, expr } = rule;
  return {
    type: "agent.plugin",
    label: alert,
    period: String(PERIOD_SECONDS),
    timeout: String(TIMEOUT_SECONDS),
    disabled: "false",
    details: { file: PLUGIN, args: [`--query=${expr}`, `--check=${alert}`, PROMETHEUS_URL] },
    alarms: {
      [checkName(alert)]: {
        label: alert,
        notification_plan_id: "npManaged",
        disabled: "false",
        criteria: criteria(rule),
      },
    },
  };
}

/** In the alarm language of Monitoring as a Service; the metric is the number of results. */
function criteria(rule: AlertRule): string {
  const { alert, severity, summary, heartbeat = false } = rule;
  const found = heartbeat ? "OK" : statusOf[severity];
  const otherwise = heartbeat
    ? `CRITICAL, ${quoted(`Prometheus answers, but ${alert} does not fire: no other alert can be trusted.`)}`
    : "OK";
  return [
    `:set consecutiveCount=${consecutiveCount(rule)}`,
    `if (metric[${quoted(alert)}] > 0) {`,
    `  return new AlarmStatus(${found}, ${quoted(summary)});`,
    "}",
    `return new AlarmStatus(${otherwise});`,
    "",
  ].join("\n");
}

/** A text of the alarm language, on one line. It would take `#{…}` for a metric's value. */
function quoted(text: string): string {
  return `"${text.replace(/\s+/g, " ").replace(/[\\"]/g, "\\$&").replaceAll("#{", "# {")}"`;
}

/** Keys whose values are texts that look like something else, or hold anything. */
const QUOTED_KEYS = new Set(["label", "period", "timeout", "disabled", "notification_plan_id"]);

/** A check as the YAML document that the agent reads. */
export function maasDocument(check: MaasCheck): string {
  const document = new Document(check);
  visit(document, {
    Pair: (_key, { key, value }) => {
      if (!isScalar(key)) return;
      if (isScalar(value) && QUOTED_KEYS.has(String(key.value))) value.type = Scalar.QUOTE_DOUBLE;
      if (isScalar(value) && key.value === "criteria") value.type = Scalar.BLOCK_LITERAL;
      if (isSeq(value)) value.flow = true;
    },
    Scalar: (key, node, path) => {
      if (typeof key === "number" && isSeq(path.at(-1))) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Data of the agent's ConfigMap: `<check>.yaml` for every alert. */
export function maasDocuments(alerts: readonly AlertRule[]): Readonly<Record<string, string>> {
  return Object.fromEntries(alerts.map((rule) => [`${checkName(rule.alert)}.yaml`, maasDocument(maasCheck(rule))]));
}
