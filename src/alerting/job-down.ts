import type { AlertRule, Severity } from "./alert-rule.js";
import type { Duration } from "./duration.js";
import type { Job } from "./jobs.js";

export interface JobDownProps {
  readonly alert: string;
  readonly job: Job;
  /** The service's name in a sentence. */
  readonly service: string;
  readonly severity: Severity;
  /** What nobody does while it is down, as a sentence. */
  readonly consequence: string;
  /** @default 10m: an update of a single replica takes less */
  readonly for?: Duration;
}

/** Fires when Prometheus reaches no instance of a service, also when there is none to be found. */
export function jobDown({ alert, job, service, severity, consequence, ...rest }: JobDownProps): AlertRule {
  return {
    alert,
    expr: `absent(up{job="${job}"} == 1)`,
    for: rest.for ?? "10m",
    severity,
    summary: `No instance of ${service} can be reached.`,
    description: `Prometheus reaches no instance of ${service} (job ${job}). ${consequence}`,
  };
}
