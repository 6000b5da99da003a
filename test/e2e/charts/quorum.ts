import { reasonOf, title, withoutPlace, workloadOf, type ClusterState, type Pod } from "./cluster-state.js";

const KEPT_APART =
  /didn't (match pod anti-affinity rules|match pod topology spread constraints|satisfy .*anti-affinity)/;

/** Why a pod without a place is more than a quorum does without: undefined when it is its third member, kept from the others' nodes. */
export function lossOf(state: ClusterState, pod: Pod): string | undefined {
  const reason = reasonOf(pod);
  const workload = workloadOf(state, pod);
  if (!KEPT_APART.test(reason)) return `${title(pod)}: ${reason}`;
  if (workload?.kind !== "StatefulSet" || workload.spec.replicas !== 3) return `${title(pod)} is of no quorum of three`;
  const siblings = withoutPlace(state).filter((other) => workloadOf(state, other) === workload);
  return siblings.length === 1 ? undefined : `${title(workload)} misses ${siblings.length}`;
}
