import { isDeepStrictEqual } from "node:util";
import {
  isOpenStack,
  type ClusterConfig,
  type EksClusterConfig,
  type OpenStackClusterConfig,
} from "./cluster-config.js";
import {
  eksFields,
  openStackFields,
  type EksOutputs,
  type OpenStackOutputs,
  type OutputField,
  type OutputFields,
} from "./output-fields.js";

export interface OpenStackCluster {
  readonly config: OpenStackClusterConfig;
  readonly outputs: OpenStackOutputs;
}

export interface EksCluster {
  readonly config: EksClusterConfig;
  readonly outputs: EksOutputs;
}

/** A cluster with what is known of it after it was applied. */
export type Cluster = OpenStackCluster | EksCluster;

export function isOnOpenStack(cluster: Cluster): cluster is OpenStackCluster {
  return isOpenStack(cluster.config);
}

/**
 * A cluster that nothing was applied of yet: placeholders stand in its manifests, so that these can be read and checked.
 * What is granted to one is granted to nobody.
 */
export function plannedCluster(config: OpenStackClusterConfig): OpenStackCluster;
export function plannedCluster(config: EksClusterConfig): EksCluster;
export function plannedCluster(config: ClusterConfig): Cluster;
export function plannedCluster(config: ClusterConfig): Cluster {
  return isOpenStack(config)
    ? { config, outputs: placeholders<OpenStackOutputs, OpenStackClusterConfig>(openStackFields, config) }
    : { config, outputs: placeholders<EksOutputs, EksClusterConfig>(eksFields, config) };
}

function placeholders<Outputs, Config extends ClusterConfig>(
  fields: OutputFields<Outputs, Config>,
  config: Config,
): Outputs {
  const entries = Object.entries<OutputField<unknown, Config>>(fields);
  return Object.fromEntries(entries.map(([key, { placeholder }]) => [key, placeholder(config)])) as Outputs;
}

/** An output of Terraform's, by the names that Terraform knows. */
export interface OutputReference {
  readonly stack: string;
  readonly name: string;
}

/** The outputs that a cluster has once it is applied, and that are not known: manifests have placeholders instead. */
export function missingOutputs(cluster: Cluster): readonly OutputReference[] {
  return isOnOpenStack(cluster)
    ? missing<OpenStackOutputs, OpenStackClusterConfig>(openStackFields, cluster)
    : missing<EksOutputs, EksClusterConfig>(eksFields, cluster);
}

function missing<Outputs, Config extends ClusterConfig>(
  fields: OutputFields<Outputs, Config>,
  { config, outputs }: { readonly config: Config; readonly outputs: Outputs },
): readonly OutputReference[] {
  return Object.entries<OutputField<unknown, Config>>(fields)
    .filter(([, { exists }]) => exists?.(config) ?? true)
    .filter(([key, { placeholder }]) => isDeepStrictEqual(outputs[key as keyof Outputs], placeholder(config)))
    .map(([, { stack, name }]) => ({ stack: stack(config.name), name }));
}
