import { isOpenStack, type ClusterConfig } from "./cluster-config.js";

/** The stack of a cluster's tenancy, and so its state, bears the cluster's name with this at the end. */
export const TENANCY_SUFFIX = "-tenancy";

export function tenancyStackName(clusterName: string): string {
  return `${clusterName}${TENANCY_SUFFIX}`;
}

/** The names of a cluster's stacks, in the order in which they are applied: the tenancy first. */
export function stackNamesOf(config: ClusterConfig): readonly string[] {
  const managed = isOpenStack(config) && config.provider.tenancy !== undefined;
  return managed ? [tenancyStackName(config.name), config.name] : [config.name];
}
