import type { Job } from "../../src/alerting/jobs.js";
import type { WorkloadReference } from "../shared/connections.js";
import type { Relabeling } from "../shared/metrics.js";
import type { RequiredSecret } from "../shared/required-secret.js";

/** What an exporter asks for metrics: by its Service, which has the workload's name. */
export interface ExporterTarget {
  readonly workload: WorkloadReference;
  /** Of its Service and of its containers alike. */
  readonly port: number;
  /** That the exporter signs in as. */
  readonly user: string;
  /** Holds the user's password by the key `password`: who serves the target makes the user with it. */
  readonly secret: RequiredSecret;
}

/** Exporters of several servers are one job, and each is the instance that it asks. */
export function jobOf(job: Job, { name }: WorkloadReference): readonly Relabeling[] {
  return [
    { targetLabel: "job", replacement: job },
    { targetLabel: "instance", replacement: name },
  ];
}
