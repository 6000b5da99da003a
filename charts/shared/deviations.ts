import { PREFIX } from "./labels.js";

/** What every workload of the platform holds to, unless it must not. */
export type Rule =
  | "non-root"
  | "read-only-root"
  | "no-capabilities"
  | "no-privileges"
  | "no-host-network"
  | "no-host-processes"
  | "no-host-paths"
  | "probes";

/** The rules that a workload breaks, each with the reason, which stands on it as an annotation. */
export type Deviations = Readonly<Partial<Record<Rule, string>>>;

/** `kaas.rackspace.com/without-read-only-root: <reason>` */
export function deviationAnnotations(deviations: Deviations): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(deviations).map(([rule, reason]) => [`${PREFIX}without-${rule}`, reason]));
}
