import type { Duration } from "./duration.js";

/**
 * How soon somebody has to act: at once, at any hour (`critical`); within the working day (`warning`); when there is time
 * (`info`).
 */
export type Severity = "critical" | "warning" | "info";

export interface AlertRule {
  /** In CamelCase. It is also the name of the runbook's page, and what silences and routes name. */
  readonly alert: string;
  /** PromQL; every series in its result is one alert. */
  readonly expr: string;
  /** How long `expr` must hold before the alert fires. */
  readonly for: Duration;
  readonly severity: Severity;
  /** One sentence without templates: the MaaS agent, which knows no labels, shows it too. */
  readonly summary: string;
  /** What is wrong with which thing, with `{{ $labels.x }}` and `{{ $value }}`. */
  readonly description: string;
  /** Always fires, and what is wrong is its silence. @default false */
  readonly heartbeat?: boolean;
}

/** A query's result kept as a series, where the query is heavy or used by several alerts. */
export interface RecordingRule {
  /** `<level>:<metric>:<operations>`. Source: prometheus.io/docs/practices/rules */
  readonly record: string;
  readonly expr: string;
}

export type Rule = AlertRule | RecordingRule;

/** Rules that are evaluated one after the other. */
export interface RuleGroup {
  readonly name: string;
  /** Time between two evaluations. @default that of Prometheus */
  readonly interval?: Duration;
  readonly rules: readonly Rule[];
}

export function isAlert(rule: Rule): rule is AlertRule {
  return "alert" in rule;
}

export function alertsOf(groups: readonly RuleGroup[]): readonly AlertRule[] {
  return groups.flatMap(({ rules }) => rules.filter(isAlert));
}
