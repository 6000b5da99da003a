import { stringify } from "yaml";
import { isAlert, type AlertRule, type RuleGroup } from "../../../src/alerting/alert-rule.js";
import { minutesOf, type Duration } from "../../../src/alerting/duration.js";
import { prometheusRuleSpec, rulesFile, type AlertSpec } from "../../../src/alerting/prometheus-rule.js";
import type { AlertCase, AlertCases, Samples } from "../cases/alert-case.js";

/** A file of `promtool test rules` and the file of rules that it names. */
export interface PromtoolSuite {
  /** Of the group. */
  readonly name: string;
  readonly rules: string;
  readonly tests: string;
  /** How many alerts it tests, each for firing and for not firing. */
  readonly alerts: number;
}

/** One suite a group, with the groups whose recordings it reads. */
export function promtoolSuites(groups: readonly RuleGroup[], cases: AlertCases): readonly PromtoolSuite[] {
  return groups.flatMap((group) => {
    const alerts = group.rules.filter(isAlert);
    if (alerts.length === 0) return [];
    const tests = alerts.flatMap((rule) => {
      const specimen = cases[rule.alert];
      if (specimen === undefined) throw new Error(`${rule.alert} has no case`);
      return [testOf(rule, specimen, "firing"), testOf(rule, specimen, "quiet")];
    });
    return [
      {
        name: group.name,
        rules: rulesFile([...recordingsFor(group, groups), group]),
        tests: stringify(
          { rule_files: [`${group.name}.rules.yaml`], evaluation_interval: "1m", tests },
          { lineWidth: 0 },
        ),
        alerts: alerts.length,
      },
    ];
  });
}

/** promtool evaluates groups in their order: what records comes first. */
function recordingsFor(group: RuleGroup, groups: readonly RuleGroup[]): readonly RuleGroup[] {
  const queries = group.rules.map(({ expr }) => expr).join("\n");
  return groups.filter(
    (other) => other !== group && other.rules.some((rule) => !isAlert(rule) && queries.includes(rule.record)),
  );
}

type Outcome = "firing" | "quiet";

function testOf(rule: AlertRule, specimen: AlertCase, outcome: Outcome) {
  const minutes = minutesOf(specimen.at ?? (`${minutesOf(rule.for) + 15}m` satisfies Duration));
  const series = Object.entries(specimen.series).flatMap(([name, samples]) => {
    const chosen = isPair(samples) ? samples[outcome === "firing" ? 0 : 1] : samples;
    return chosen === null ? [] : [{ series: name, values: valuesOf(chosen, minutes) }];
  });
  const fires = outcome === "firing" || rule.heartbeat === true;
  return {
    name: `${rule.alert} ${outcome}`,
    interval: "1m",
    input_series: series,
    alert_rule_test: [
      { eval_time: `${minutes}m`, alertname: rule.alert, exp_alerts: fires ? [expected(rule, specimen)] : [] },
    ],
  };
}

function isPair(samples: AlertCase["series"][string]): samples is readonly [Samples, Samples] {
  return Array.isArray(samples);
}

function valuesOf(samples: Exclude<Samples, null>, minutes: number): string {
  const text = typeof samples === "number" ? `${samples}+0` : samples;
  return text.includes("x") ? text : `${text}x${minutes}`;
}

function expected(rule: AlertRule, specimen: AlertCase) {
  const labels = specimen.labels ?? labelsOf(Object.keys(specimen.series)[0] ?? "");
  const spec = prometheusRuleSpec([{ name: "", rules: [rule] }]).groups[0]?.rules[0] as AlertSpec;
  return {
    exp_labels: { severity: rule.severity, ...labels },
    exp_annotations: { ...spec.annotations, description: rendered(rule, labels, specimen.value) },
  };
}

/** Labels of a series as it is written: `metric{a="b"}`. */
export function labelsOf(series: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...series.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]));
}

/** The description as Prometheus must show it: no label that the alert does not have, no value that nobody foresaw. */
function rendered({ alert, description }: AlertRule, labels: Readonly<Record<string, string>>, value?: string): string {
  return description.replace(/\{\{ \$(labels\.(\w+)|value)[^}]* \}\}/g, (_text, kind: string, label: string) => {
    const shown = kind === "value" ? value : labels[label];
    if (shown === undefined) throw new Error(`${alert} shows ${kind}, which its case does not have`);
    return shown;
  });
}
