import type { ChartManifests, ClusterManifests } from "../../../charts/build-manifests.js";
import type { RequiredSecret } from "../../../charts/shared/required-secret.js";
import type { SynthesizedStack } from "../../../stacks/synthesize.js";
import type { OutputReference } from "../../config/cluster-outputs.js";
import type { LoadedEnvironment } from "../../config/load-environments.js";
import { stackNamesOf } from "../../config/stack-names.js";
import { summarize, type ClusterSummary } from "../cluster-summary.js";

/** One stack in JSON. */
export interface StackRecord {
  readonly name: string;
  readonly file: string;
  readonly resources: { readonly total: number; readonly byType: Readonly<Record<string, number>> };
}

/** A cluster, and the stacks and manifests that were written for it. Part of the JSON interface. */
export interface SynthesizedCluster extends ClusterSummary {
  readonly environment: string;
  /** In the order in which they are applied: the tenancy first. */
  readonly stacks: readonly StackRecord[];
  /** In the order in which they are applied. */
  readonly charts: readonly ChartManifests[];
  /** Outputs that placeholders stand for in the manifests. */
  readonly placeholders: readonly OutputReference[];
  /** What must be in the cluster before the charts are. */
  readonly secrets: readonly RequiredSecret[];
}

/** What one run wrote; what is of a cluster by its name. */
export interface Synthesized {
  readonly stacks: readonly SynthesizedStack[];
  readonly manifests: readonly ClusterManifests[];
  readonly placeholders: ReadonlyMap<string, readonly OutputReference[]>;
  readonly secrets: ReadonlyMap<string, readonly RequiredSecret[]>;
}

export function toSynthesizedCluster(
  { name: environment, config }: LoadedEnvironment,
  { stacks, manifests, placeholders, secrets }: Synthesized,
): SynthesizedCluster {
  const own = stackNamesOf(config).flatMap((name) => stacks.filter((stack) => stack.name === name));
  return {
    environment,
    ...summarize(config),
    stacks: own.map(toRecord),
    charts: manifests.find(({ cluster }) => cluster === config.name)?.charts ?? [],
    placeholders: placeholders.get(config.name) ?? [],
    secrets: secrets.get(config.name) ?? [],
  };
}

function toRecord({ name, file, resources }: SynthesizedStack): StackRecord {
  const total = Object.values(resources).reduce((sum, count) => sum + count, 0);
  return { name, file, resources: { total, byType: resources } };
}
