import { isOpenStack, type ClusterConfig } from "./cluster-config.js";

/** The stack of a cluster's tenancy, and so its state, bears the cluster's name with this at the end. */
export const TENANCY_SUFFIX = "-tenancy";
/** Likewise the stack that tells EKS of a cluster's OpenID Connect issuer, once it answers. */
export const IDENTITY_SUFFIX = "-identity";

export function tenancyStackName(clusterName: string): string {
  return `${clusterName}${TENANCY_SUFFIX}`;
}

export function identityStackName(clusterName: string): string {
  return `${clusterName}${IDENTITY_SUFFIX}`;
}

/** The names of a cluster's stacks, in the order in which they are applied: a tenancy first, an identity last. */
export function stackNamesOf(config: ClusterConfig): readonly string[] {
  const { name } = config;
  if (!isOpenStack(config)) return [name, identityStackName(name)];
  return config.provider.tenancy === undefined ? [name] : [tenancyStackName(name), name];
}
