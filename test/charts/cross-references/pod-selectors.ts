import type { Check } from "./cluster-output.js";
import { ofKind, titleOf, type KubeObject, type LabelSelector } from "./kube-object.js";

interface DisruptionBudget extends KubeObject {
  readonly spec: { readonly selector: LabelSelector };
}

interface Policy extends KubeObject {
  readonly spec: { readonly podSelector: LabelSelector };
}

interface Replicated extends KubeObject {
  readonly spec: { readonly selector: LabelSelector; readonly template: { readonly metadata: KubeObject["metadata"] } };
}

/** Disruption budgets and policies are about pods that exist; a policy without a selector is about all of its namespace. */
export const podSelectors: Check = (output) => [
  ...(ofKind(output.objects, "PodDisruptionBudget") as readonly DisruptionBudget[]).flatMap((budget) =>
    selectsNone(output, budget, budget.spec.selector),
  ),
  ...(ofKind(output.objects, "NetworkPolicy") as readonly Policy[])
    .filter(({ spec }) => Object.keys(spec.podSelector).length > 0)
    .flatMap((policy) => selectsNone(output, policy, policy.spec.podSelector)),
  ...(ofKind(output.objects, "Deployment", "StatefulSet", "DaemonSet") as readonly Replicated[]).flatMap((workload) =>
    selectsOnlyItself(output, workload),
  ),
];

function selectsNone(output: Parameters<Check>[0], object: KubeObject, selector: LabelSelector): readonly string[] {
  const pods = output.podsIn(object.metadata.namespace ?? "", selector);
  if (pods.length === 0) return [`${titleOf(object)} selects no pods`];
  const hidden = object.kind === "NetworkPolicy" ? pods.filter(({ spec }) => spec.hostNetwork === true) : [];
  return hidden.map(({ title }) => `${titleOf(object)} selects ${title}, which is on its node's network`);
}

/** Two workloads that select each other's pods fight over them. */
function selectsOnlyItself(output: Parameters<Check>[0], workload: Replicated): readonly string[] {
  const titles = output.podsIn(workload.metadata.namespace ?? "", workload.spec.selector).map(({ title }) => title);
  if (titles.join() === titleOf(workload)) return [];
  return [`${titleOf(workload)} selects the pods of ${titles.length === 0 ? "nobody" : titles.join(" and ")}`];
}
