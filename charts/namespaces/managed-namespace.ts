import { isOpenStack, type ClusterConfig } from "../../src/config/cluster-config.js";
import { INGRESS_NAMESPACE, NODE_AGENTS_NAMESPACE, SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";

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

/** A balancer, or a port for http and one for https; a balancer has these too. */
function ingressExposure(config: ClusterConfig): Exposure {
  const behindVirtualIp = isOpenStack(config) && config.provider.ingress === "virtual-ip";
  return { loadBalancers: behindVirtualIp ? 0 : 1, nodePorts: 2 };
}
