import type { NodeRole } from "../cluster-config.js";
import type { Diagnostic, Path } from "../diagnostics.js";
import { ordinalsOf } from "../nodes.js";
import type { OpenStackSections } from "../schema/bootstrap.js";
import { CONTROL_PLANE_DEFAULT_COUNT, ETCD_DEFAULT_COUNT, MAX_ETCD, WORKER_DEFAULT_COUNT } from "../schema/nodes.js";
import type { OpenStackRule } from "./rule.js";

type WorkerPoolSpec = OpenStackSections["workers"][number];
type NodeSetSpec = Pick<WorkerPoolSpec, "count" | "ordinals" | "flavor" | "rootVolume">;

/** Servers of one kind, as bootstrap.yaml lists them. */
export interface NodeSet {
  readonly path: Path;
  readonly role: NodeRole;
  readonly spec: NodeSetSpec;
  readonly size: number;
}

function nodeSet(role: NodeRole, path: Path, spec: NodeSetSpec, defaultCount: number): NodeSet {
  return { path, role, spec, size: ordinalsOf({ ...spec, defaultCount }).length };
}

/** The members of etcd where they have servers of their own; undefined where they are stacked or not known. */
export function etcdSet({ etcd }: Partial<OpenStackSections>): NodeSet | undefined {
  if (etcd === undefined || etcd.stacked === true) return undefined;
  return nodeSet("etcd", ["etcd"], etcd, ETCD_DEFAULT_COUNT);
}

export function controllerSet({ controlPlane }: Partial<OpenStackSections>): NodeSet | undefined {
  if (controlPlane === undefined) return undefined;
  return nodeSet("controller", ["controlPlane"], controlPlane, CONTROL_PLANE_DEFAULT_COUNT);
}

export function workerSet(pool: WorkerPoolSpec, index: number): NodeSet {
  return nodeSet("worker", ["workers", index], pool, WORKER_DEFAULT_COUNT);
}

/** Those whose sections are sound. */
export function nodeSets(sections: Partial<OpenStackSections>): readonly NodeSet[] {
  const roles = [etcdSet(sections), controllerSet(sections)].filter((set) => set !== undefined);
  return [...roles, ...(sections.workers ?? []).map(workerSet)];
}

/** The field that says how many servers a set has, and what stands there. */
export function sizeField({ path, spec, size }: NodeSet): Pick<Diagnostic, "path" | "value"> {
  return spec.ordinals === undefined
    ? { path: [...path, "count"], value: size }
    : { path: [...path, "ordinals"], value: spec.ordinals };
}

export const sizeIsSaidOnce: OpenStackRule = (sections) =>
  nodeSets(sections)
    .filter(({ spec }) => spec.count !== undefined && spec.ordinals !== undefined)
    .map(({ path, spec }) => ({
      path: [...path, "count"],
      value: spec.count,
      problem: "stands beside `ordinals`, which says the same in another way",
      expected: "either `count` or `ordinals`",
      remedy: "remove `count` to keep the servers that `ordinals` names",
    }));

export const controlPlaneHasMembers: OpenStackRule = (sections) =>
  [etcdSet(sections), controllerSet(sections)]
    .filter((set) => set !== undefined)
    .filter(({ size }) => size === 0)
    .map((set) => ({
      ...sizeField(set),
      problem: "leaves the cluster without a control plane",
      expected: set.role === "etcd" ? "at least one etcd member" : "at least one controller",
      remedy: set.role === "etcd" ? "write 3 or 5, or `stacked: true` to run etcd on the controllers" : "write 3",
    }));

const SMALLEST_QUORUM = 3;

/** https://etcd.io/docs/v3.6/faq/: an even member adds a way to fail and no failure that is survived. */
export const etcdHasAQuorum: OpenStackRule = (sections) => {
  const stacked = sections.etcd?.stacked === true;
  const set = stacked ? controllerSet(sections) : etcdSet(sections);
  if (set === undefined || set.size === 0 || set.size % 2 === 1) return [];
  const fewer = set.size - 1;
  const odd = [fewer, set.size + 1].filter((size) => size >= SMALLEST_QUORUM && size <= MAX_ETCD);
  return [
    {
      ...sizeField(set),
      problem: `${set.size} etcd members${stacked ? ", one on each controller," : ""} survive no more losses than ${fewer} do`,
      expected: "an odd number: a quorum is more than half",
      remedy: `make it ${odd.join(" or ")}`,
    },
  ];
};
