import type { k8s } from "cdk8s-plus-27";

/**
 * To take and to keep the lease by which the pods of a program know which of them works, in the namespace where it is granted.
 * A lease that is not there yet has no name to grant.
 */
export function leaderElectionRights(lease: string): readonly k8s.PolicyRule[] {
  const leases = { apiGroups: ["coordination.k8s.io"], resources: ["leases"] };
  return [
    { ...leases, resourceNames: [lease], verbs: ["get", "update", "patch"] },
    { ...leases, verbs: ["create"] },
  ];
}
