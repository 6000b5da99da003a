import type { SynthesizedStack } from "../../../stacks/synthesize.js";
import { summarize, type ClusterSummary } from "../cluster-summary.js";
import type { LoadedEnvironment } from "../../config/load-environments.js";
import { stackNamesOf } from "../../config/stack-names.js";

/** One stack in JSON. */
export interface StackRecord {
  readonly name: string;
  readonly file: string;
  readonly resources: { readonly total: number; readonly byType: Readonly<Record<string, number>> };
}

/** A cluster and the stacks that were written for it. Part of the JSON interface. */
export interface SynthesizedCluster extends ClusterSummary {
  readonly environment: string;
  /** In the order in which they are applied: the tenancy first. */
  readonly stacks: readonly StackRecord[];
}

export function toSynthesizedCluster(
  environment: LoadedEnvironment,
  stacks: readonly SynthesizedStack[],
): SynthesizedCluster {
  const own = stackNamesOf(environment.config).flatMap((name) => stacks.filter((stack) => stack.name === name));
  return { environment: environment.name, ...summarize(environment.config), stacks: own.map(toRecord) };
}

function toRecord({ name, file, resources }: SynthesizedStack): StackRecord {
  const total = Object.values(resources).reduce((sum, count) => sum + count, 0);
  return { name, file, resources: { total, byType: resources } };
}
