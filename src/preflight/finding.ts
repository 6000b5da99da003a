import type { Path } from "../config/diagnostics.js";

/** `unknown`: the cloud was asked and did not say. */
export type FindingState = "ok" | "warning" | "failure" | "unknown";

/** What one check of a preflight found out. */
export interface Finding {
  /** What was checked, as a reader calls it: `zones`, `quota of VPCs`. */
  readonly check: string;
  readonly state: FindingState;
  /** On one line, with the figures. Never holds a secret. */
  readonly message: string;
  /** How the figure comes about, where it is not plain. */
  readonly reckoning?: string;
  /** Field of bootstrap.yaml that it concerns. */
  readonly path?: Path;
  /** What stands at that field. */
  readonly value?: unknown;
  readonly expected?: string;
  readonly remedy?: string;
  /** Why nothing was said, where that is neither bootstrap.yaml's nor the account's fault. */
  readonly unanswered?: "unreachable" | "denied";
}
