import type { Duration } from "../../../src/alerting/duration.js";

/**
 * A series' samples, one a minute: a number that stays; `0+6`, a start and what every minute adds; null for none.
 * Whatever has an `x` is promtool's own notation.
 */
export type Samples = number | string | null;

/** What Prometheus is shown so that an alert fires, and the least change with which it must not. */
export interface AlertCase {
  /** Samples by series: the same in both cases, or those of the firing and of the quiet one. */
  readonly series: Readonly<Record<string, Samples | readonly [firing: Samples, quiet: Samples]>>;
  /** When it must fire. @default a quarter of an hour after the rule's `for` */
  readonly at?: Duration;
  /** Labels of the alert beside its severity. @default those of the first series */
  readonly labels?: Readonly<Record<string, string>>;
  /** What the description shows for the value. */
  readonly value?: string;
}

/** Cases by the alert's name. */
export type AlertCases = Readonly<Record<string, AlertCase>>;

/** The case of a rule that fires when no instance of a job can be reached. */
export function downCase(job: string): AlertCase {
  return { series: { [`up{job="${job}",instance="10.2.0.7:8080"}`]: [0, 1] }, labels: {} };
}
