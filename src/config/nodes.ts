import { fixedAddress } from "./address-plan.js";
import type { ClusterNode, Flavor, NodeRole, RootVolume } from "./cluster-config.js";

export interface NodeSetSpec {
  readonly role: NodeRole;
  /** Name of a pool of workers; `default` does not show in the nodes' names. */
  readonly pool?: string;
  readonly count?: number | undefined;
  readonly ordinals?: readonly number[] | undefined;
  readonly defaultCount: number;
  readonly flavor: Flavor;
  readonly rootVolume?: RootVolume | undefined;
}

export interface NodePlacement {
  readonly clusterName: string;
  readonly clusterDomain: string;
  readonly nodeCidr: string;
  readonly availabilityZones: readonly string[];
}

/** The numbers of a set's nodes, in ascending order. */
export function ordinalsOf(spec: Pick<NodeSetSpec, "count" | "ordinals" | "defaultCount">): readonly number[] {
  if (spec.ordinals !== undefined) return [...spec.ordinals].sort((a, b) => a - b);
  return Array.from({ length: spec.count ?? spec.defaultCount }, (_, ordinal) => ordinal);
}

/** `worker-2`, or `worker-gpu-2` in the pool `gpu`. */
export function nodeKey(role: NodeRole, pool: string | undefined, ordinal: number): string {
  return pool === undefined || pool === "default" ? `${role}-${ordinal}` : `${role}-${pool}-${ordinal}`;
}

/** A node's zone follows from its number, so that it stays where it is when others come and go. */
export function nodesOf(spec: NodeSetSpec, placement: NodePlacement): readonly ClusterNode[] {
  const { availabilityZones: zones } = placement;
  return ordinalsOf(spec).map((ordinal) => {
    const key = nodeKey(spec.role, spec.pool, ordinal);
    const address = fixedAddress(placement.nodeCidr, spec.role, ordinal);
    const zone = zones[ordinal % Math.max(zones.length, 1)];
    return {
      key,
      serverName: `${placement.clusterName}-${key}`,
      fqdn: `${key}.${placement.clusterDomain}`,
      role: spec.role,
      ordinal,
      flavor: spec.flavor,
      ...(spec.rootVolume !== undefined && { rootVolume: spec.rootVolume }),
      ...(address !== undefined && { fixedAddress: address }),
      ...(zone !== undefined && { availabilityZone: zone }),
    };
  });
}
