import type { ClusterNode, Flavor, Quotas } from "./cluster-config.js";

/** Servers that may be there at once beyond the cluster's own, while nodes are replaced or a pool grows. */
const SPARE_SERVERS = 5;
/** What users' workloads ask of the cloud through Kubernetes: volumes of claims, balancers of services. */
const WORKLOAD_VOLUMES = 250;
const WORKLOAD_LOAD_BALANCERS = 20;

/**
 * Quotas that let a cluster of these nodes grow by half, be repaired and serve its users' volumes and balancers.
 * Figures that depend on flavors are left out when a flavor is given by name.
 */
export function defaultQuotas(nodes: readonly ClusterNode[]): Quotas {
  const instances = Math.ceil(nodes.length * 1.5) + SPARE_SERVERS;
  const share = instances / Math.max(nodes.length, 1);
  const servers = nodes.map(({ flavor }) => ({ flavor, size: 1 }));
  const cores = totalOf(servers, "vcpus");
  const ramGiB = totalOf(servers, "ramGiB");
  return {
    instances,
    ...(cores !== undefined && { cores: Math.ceil(cores * share) }),
    ...(ramGiB !== undefined && { ramGiB: Math.ceil(ramGiB * share) }),
    volumes: instances + WORKLOAD_VOLUMES,
    floatingIps: instances + WORKLOAD_LOAD_BALANCERS,
    ports: instances * 2 + WORKLOAD_LOAD_BALANCERS * 3,
    securityGroups: 20 + WORKLOAD_LOAD_BALANCERS,
    securityGroupRules: 300 + WORKLOAD_LOAD_BALANCERS * 5,
    loadBalancers: WORKLOAD_LOAD_BALANCERS,
  };
}

/** Servers of one flavor. */
export interface Sized {
  readonly flavor: Flavor;
  /** Number of them. */
  readonly size: number;
}

/** What servers take together; undefined when a flavor is given by name, whose size is not known. */
export function totalOf(servers: readonly Sized[], figure: "vcpus" | "ramGiB"): number | undefined {
  let sum = 0;
  for (const { flavor, size } of servers) {
    if (typeof flavor === "string") return undefined;
    sum += size * flavor[figure];
  }
  return sum;
}
