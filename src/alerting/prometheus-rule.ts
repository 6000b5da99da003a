import { stringify } from "yaml";
import { isAlert, type AlertRule, type RecordingRule, type Rule, type RuleGroup, type Severity } from "./alert-rule.js";
import type { Duration } from "./duration.js";
import { secondsOf } from "./duration.js";
import { RUNBOOK_FOLDER, runbookUrl } from "./runbook.js";

export interface AlertSpec {
  readonly alert: string;
  readonly expr: string;
  readonly for?: Duration;
  readonly labels: { readonly severity: Severity };
  readonly annotations: { readonly summary: string; readonly description: string; readonly runbook_url: string };
}

/** The `spec` of a PrometheusRule of monitoring.coreos.com/v1, and the content of a file of rules. */
export interface PrometheusRuleSpec {
  readonly groups: readonly {
    readonly name: string;
    readonly interval?: Duration;
    readonly rules: readonly (AlertSpec | RecordingRule)[];
  }[];
}

export interface PrometheusRuleOptions {
  /**
   * Address at which the folder docs/runbooks is published; annotations link to the pages there.
   *
   * @default the folder's path in this repository
   */
  readonly runbookBase?: string;
}

export function prometheusRuleSpec(
  groups: readonly RuleGroup[],
  { runbookBase = RUNBOOK_FOLDER }: PrometheusRuleOptions = {},
): PrometheusRuleSpec {
  return {
    groups: groups.map(({ name, interval, rules }) => ({
      name,
      ...(interval !== undefined && { interval }),
      rules: rules.map((rule) => ruleSpec(rule, runbookBase)),
    })),
  };
}

/** A file that Prometheus and promtool read. */
export function rulesFile(groups: readonly RuleGroup[], options?: PrometheusRuleOptions): string {
  return stringify(prometheusRuleSpec(groups, options), { lineWidth: 0 });
}

function ruleSpec(rule: Rule, runbookBase: string): AlertSpec | RecordingRule {
  return isAlert(rule) ? alertSpec(rule, runbookBase) : { record: rule.record, expr: rule.expr };
}

function alertSpec(rule: AlertRule, runbookBase: string): AlertSpec {
  const { alert, expr, severity, summary, description } = rule;
  return {
    alert,
    expr,
    ...(secondsOf(rule.for) > 0 && { for: rule.for }),
    labels: { severity },
    annotations: { summary, description, runbook_url: runbookUrl(rule, runbookBase) },
  };
}
