import type { ClusterNode, Quotas } from "./cluster-config.js";

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
  const cores = total(nodes, (shape) => shape.vcpus);
  const ramGiB = total(nodes, (shape) => shape.ramGiB);
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

function total(
  nodes: readonly ClusterNode[],
  figure: (shape: { readonly vcpus: number; readonly ramGiB: number }) => number,
): number | undefined {
  let sum = 0;
  for (const node of nodes) {
    if (typeof node.flavor === "string") return undefined;
    sum += figure(node.flavor);
  }
  return sum;
}
