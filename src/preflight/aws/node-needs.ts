import type { EksClusterConfig, NodeGroup } from "../../config/cluster-config.js";
import { familyOf, quotaCodes, type Capacity } from "./quota-codes.js";
import type { QuotaNeed } from "./quota-need.js";

/** vCPUs by instance type, as far as they are known. */
export type InstanceSizes = ReadonlyMap<string, number>;

/** vCPUs and root disks of all node groups, each as large as it may grow. */
export function nodeNeeds(config: EksClusterConfig, sizes: InstanceSizes): readonly QuotaNeed[] {
  const groups = config.nodeGroups.map((group, index) => ({
    ...group,
    index,
    nodes: group.maxCount + updateSurge(group, config.provider.availabilityZones.length),
  }));
  const shares = groups.flatMap(({ instanceTypes, ...group }) =>
    // Amazon takes the type that it has: the largest of each family counts.
    largestByFamily(instanceTypes, sizes).map((type) => ({ ...group, ...type })),
  );
  const byQuota = new Map<string, Share[]>();
  for (const share of shares) {
    const key = `${share.capacity} ${share.family}`;
    byQuota.set(key, [...(byQuota.get(key) ?? []), share]);
  }
  return [
    ...[...byQuota.values()].flatMap(vcpuNeed),
    {
      name: "gp3 storage in TiB",
      quota: quotaCodes.gp3StorageTiB,
      needed: groups.reduce((sum, { nodes, diskGiB }) => sum + nodes * diskGiB, 0) / GIB_PER_TIB,
      reckoning: "the nodes' root disks; volumes of workloads come beside",
      counted: { what: "gp3-storage" },
      path: ["workers"],
    },
  ];
}

/** The nodes of one group that may be of one family. */
interface Share extends SizedType {
  /** Of the group, in bootstrap.yaml. */
  readonly index: number;
  readonly nodes: number;
  readonly capacity: Capacity;
}

/** @param shares of one capacity and family */
function vcpuNeed(shares: readonly Share[]): readonly QuotaNeed[] {
  const [first] = shares;
  const quota = first === undefined ? undefined : familyOf(first.instanceType).quotas[first.capacity];
  // Not every family is sold as spot: instance-types.ts says so.
  if (first === undefined || quota === undefined) return [];
  const { capacity, family, index } = first;
  return [
    {
      name: `${capacity} ${family} vCPUs`,
      quota,
      needed: total(shares.map(({ nodes, vcpus }) => (vcpus === undefined ? undefined : nodes * vcpus))),
      reckoning: shares.map(({ nodes, vcpus }) => `${nodes} nodes of ${vcpus ?? "?"}`).join(", ") + UPDATE_NOTE,
      counted: { what: "vcpus", family, capacity },
      path: ["workers", index, "maxCount"],
    },
  ];
}

const GIB_PER_TIB = 1024;
const UPDATE_NOTE = ", those of an update among them";
/** EKS updates no more nodes of a group at once. */
const MOST_UNAVAILABLE = 100;

/**
 * Nodes that stand beside a full group while EKS updates it: new ones come before old ones go. A group that is replaced as
 * a whole stands beside its successor for a while; that is not in here.
 * Source: docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html, scale up phase
 */
export function updateSurge(
  { maxCount, maxUnavailablePercent }: Pick<NodeGroup, "maxCount" | "maxUnavailablePercent">,
  zones: number,
): number {
  const unavailable = Math.max(1, Math.ceil((maxCount * maxUnavailablePercent) / 100));
  return Math.max(2 * zones, Math.min(unavailable, MOST_UNAVAILABLE));
}

interface SizedType {
  readonly family: string;
  readonly instanceType: string;
  readonly vcpus: number | undefined;
}

function largestByFamily(instanceTypes: readonly string[], sizes: InstanceSizes): readonly SizedType[] {
  const largest = new Map<string, SizedType>();
  for (const instanceType of instanceTypes) {
    const family = familyOf(instanceType).title;
    const vcpus = sizes.get(instanceType);
    const other = largest.get(family);
    // One that is not known leaves the family's figure open.
    const open = vcpus === undefined || (other !== undefined && other.vcpus === undefined);
    if (open) largest.set(family, { family, instanceType, vcpus: undefined });
    else if ((other?.vcpus ?? 0) < vcpus) largest.set(family, { family, instanceType, vcpus });
  }
  return [...largest.values()];
}

function total(figures: readonly (number | undefined)[]): number | undefined {
  return figures.reduce((sum, figure) => (sum === undefined || figure === undefined ? undefined : sum + figure), 0);
}
