import { isOpenStack, type ClusterConfig } from "../../src/config/cluster-config.js";

/** Where Kubernetes' own parts live, and what stands between it and the cloud. */
export const KUBE_SYSTEM_NAMESPACE = "kube-system";
/** Where the managed services live. */
export const SYSTEM_NAMESPACE = "rackspace-system";
/** Where the node agents live that need more than the restricted Pod Security level allows. */
export const NODE_AGENTS_NAMESPACE = "rackspace-node-agents";
/** Where the ingress controller lives on EKS; on OpenStack it is one of the managed services. */
export const INGRESS_NAMESPACE = "ingress-nginx";

/** What pods may ask for, see kubernetes.io/docs/concepts/security/pod-security-standards */
export type PodSecurityLevel = "privileged" | "baseline" | "restricted";

/** How many services may open a namespace to the world. */
export interface Exposure {
  readonly loadBalancers: number;
  readonly nodePorts: number;
}

/** A namespace that the platform makes. */
export interface ManagedNamespace {
  readonly name: string;
  readonly podSecurity: PodSecurityLevel;
  readonly exposure: Exposure;
}

const NOTHING: Exposure = { loadBalancers: 0, nodePorts: 0 };

/** The namespaces that the platform makes; kube-system is there without it. */
export function managedNamespacesOf(config: ClusterConfig): readonly ManagedNamespace[] {
  const agents: ManagedNamespace = { name: NODE_AGENTS_NAMESPACE, podSecurity: "privileged", exposure: NOTHING };
  if (isOpenStack(config)) {
    return [{ name: SYSTEM_NAMESPACE, podSecurity: "restricted", exposure: ingressExposure(config) }, agents];
  }
  return [
    { name: SYSTEM_NAMESPACE, podSecurity: "restricted", exposure: NOTHING },
    agents,
    { name: INGRESS_NAMESPACE, podSecurity: "restricted", exposure: ingressExposure(config) },
  ];
}

/** Names of all namespaces whose contents are not the users'. */
export function managedNamespaceNames(config: ClusterConfig): readonly string[] {
  return [KUBE_SYSTEM_NAMESPACE, ...managedNamespacesOf(config).map(({ name }) => name)];
}

/** A balancer, or a port for http and one for https; a balancer has these too. */
function ingressExposure(config: ClusterConfig): Exposure {
  const behindVirtualIp = isOpenStack(config) && config.provider.ingress === "virtual-ip";
  return { loadBalancers: behindVirtualIp ? 0 : 1, nodePorts: 2 };
}
