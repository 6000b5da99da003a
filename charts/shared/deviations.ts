import type { ContainerProps } from "./container.js";
import { PREFIX } from "./labels.js";
import type { Volume } from "./volumes.js";

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

export interface Declaration {
  readonly name: string;
  readonly containers: readonly ContainerProps[];
  /** They end by themselves and have no probes. */
  readonly initContainers: readonly ContainerProps[];
  readonly volumes: readonly Volume[];
  /** Whether its containers go on until they are stopped: only those have probes. */
  readonly runsForever: boolean;
  readonly deviations: Deviations;
}

/**
 * No reason without the deed, and no deed without a reason: of the rules whose breach is seen in what a workload declares.
 * The others are broken by their reason itself.
 *
 * @throws Error when a chart is wrong
 */
export function checkDeviations(declaration: Declaration): void {
  const { name, containers, initContainers, volumes, runsForever, deviations } = declaration;
  const all = [...initContainers, ...containers];
  const deeds = {
    probes: runsForever && containers.some(({ probes }) => probes === undefined),
    "no-host-paths": volumes.some(({ source }) => source.hostPath !== undefined),
    "no-privileges": all.some(({ privileged = false }) => privileged),
    "no-capabilities": all.some(({ capabilities = [] }) => capabilities.length > 0),
    "read-only-root": all.some(({ writableRoot = false }) => writableRoot),
  } as const;
  for (const [rule, breaks] of Object.entries(deeds) as [keyof typeof deeds, boolean][]) {
    const excused = deviations[rule] !== undefined;
    if (breaks && !excused) throw new Error(`${name} breaks the rule ${rule} and does not say why`);
    if (!breaks && excused) throw new Error(`${name} says why it breaks the rule ${rule}, and does not`);
  }
}
