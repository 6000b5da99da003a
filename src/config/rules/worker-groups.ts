import type { Diagnostic, Path } from "../diagnostics.js";
import type { EksSections, OpenStackSections } from "../schema/bootstrap.js";
import { workerSet } from "./node-sets.js";
import type { CommonRule } from "./rule.js";

type Pool = OpenStackSections["workers"][number];
type NodeGroup = EksSections["workers"][number];

/** A pool of workers on OpenStack, a node group on EKS. */
export interface WorkerGroup {
  readonly path: Path;
  readonly size: number;
  readonly name: string;
  readonly labels: Pool["labels"];
  readonly taints: Pool["taints"];
}

/** Tells the workers of EKS from those of OpenStack. */
export function isNodeGroup(group: Pool | NodeGroup): group is NodeGroup {
  return "instanceTypes" in group;
}

/** Undefined when the section is not sound. */
export function workerGroups(
  sections: Partial<OpenStackSections> | Partial<EksSections>,
): readonly WorkerGroup[] | undefined {
  return sections.workers?.map((group, index) => ({
    path: ["workers", index],
    size: isNodeGroup(group) ? group.count : workerSet(group, index).size,
    name: group.name,
    labels: group.labels,
    taints: group.taints,
  }));
}

export function totalSize(groups: readonly WorkerGroup[]): number {
  return groups.reduce((sum, { size }) => sum + size, 0);
}

/** Groups that take pods which tolerate no taint, such as those of the managed services. */
export function untainted<Group extends Pick<WorkerGroup, "taints">>(groups: readonly Group[]): readonly Group[] {
  return groups.filter(({ taints }) => taints.every(({ effect }) => effect === "PreferNoSchedule"));
}

export const thereAreWorkers: CommonRule = (sections) => {
  const groups = workerGroups(sections);
  if (groups === undefined || totalSize(groups) > 0) return [];
  const diagnostic: Diagnostic = {
    path: ["workers"],
    problem: groups.length === 0 ? "is empty" : "holds no worker in any of its pools",
    expected: "at least one worker: the managed services run there",
    remedy: "give a pool a count of 3, or remove `workers` to take the default pool",
  };
  return [diagnostic];
};

/** What a kubelet may set on its own Node beside its two prefixes: k8s.io/kubelet/pkg/apis/well_known_labels.go */
const KUBELET_LABELS: ReadonlySet<string> = new Set([
  "kubernetes.io/hostname",
  "kubernetes.io/os",
  "kubernetes.io/arch",
  "topology.kubernetes.io/region",
  "topology.kubernetes.io/zone",
  "failure-domain.beta.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone",
  "beta.kubernetes.io/instance-type",
  "beta.kubernetes.io/os",
  "beta.kubernetes.io/arch",
]);
const KUBELET_NAMESPACES = ["kubelet.kubernetes.io", "node.kubernetes.io"];
const RESERVED_NAMESPACES = ["kubernetes.io", "k8s.io"];

function isAtOrBelow(namespace: string, domains: readonly string[]): boolean {
  return domains.some((domain) => namespace === domain || namespace.endsWith(`.${domain}`));
}

function kubeletMaySet(label: string): boolean {
  const [namespace = "", key] = label.split("/");
  if (key === undefined || !isAtOrBelow(namespace, RESERVED_NAMESPACES)) return true;
  return KUBELET_LABELS.has(label) || isAtOrBelow(namespace, KUBELET_NAMESPACES);
}

/** The kubelet refuses to start with such a label, and the NodeRestriction admission would refuse its Node. */
export const labelsAreTheKubeletsToSet: CommonRule = (sections) =>
  (workerGroups(sections) ?? []).flatMap(({ path, labels }) =>
    Object.keys(labels)
      .filter((label) => !kubeletMaySet(label))
      .map((label) => ({
        path: [...path, "labels", label],
        problem: "is reserved to Kubernetes: no kubelet may set it on its own Node",
        expected: `a label of your own, or one below ${KUBELET_NAMESPACES.map((prefix) => `${prefix}/`).join(" or ")}`,
        remedy: `write it like example.com/${label.split("/")[1]}`,
      })),
  );
