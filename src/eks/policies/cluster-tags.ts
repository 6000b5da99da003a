import type { AccountFacts } from "./facts.js";
import type { Conditions } from "./policy-document.js";

/**
 * The tag of what belongs to a cluster: `owned` is deleted with it, `shared` outlives it. EKS sets it on a cluster's
 * instances and security group, the storage driver on volumes and snapshots.
 */
export function ownershipTag({ clusterName }: AccountFacts): string {
  return `kubernetes.io/cluster/${clusterName}`;
}

/** That the resource has the tag already. */
export function resourceTagged(key: string, ...values: readonly string[]): Conditions {
  return { StringEquals: { [`aws:ResourceTag/${key}`]: values } };
}

/** That the call sets the tag. */
export function requestTagged(key: string, ...values: readonly string[]): Conditions {
  return { StringEquals: { [`aws:RequestTag/${key}`]: values } };
}

/** That the resource has the tag, and the call changes some tags but none of these. */
export function keepingTags(key: string, value: string, kept: readonly string[]): Conditions {
  return {
    ...resourceTagged(key, value),
    Null: { "aws:TagKeys": ["false"] },
    "ForAllValues:StringNotEquals": { "aws:TagKeys": kept },
  };
}
