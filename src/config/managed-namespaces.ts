import { isOpenStack, type ClusterConfig } from "./cluster-config.js";

/** Where Kubernetes' own parts live, and what stands between it and the cloud. */
export const KUBE_SYSTEM_NAMESPACE = "kube-system";
/** Where the managed services live. */
export const SYSTEM_NAMESPACE = "rackspace-system";
/** Where the node agents live that need more than the restricted Pod Security level allows. */
export const NODE_AGENTS_NAMESPACE = "rackspace-node-agents";
/** Where the ingress controller lives on EKS; on OpenStack it is one of the managed services. */
export const INGRESS_NAMESPACE = "ingress-nginx";

/** Namespaces whose contents are the platform's. What users run elsewhere is theirs. */
export function managedNamespaceNames(config: ClusterConfig): readonly string[] {
  const everywhere = [KUBE_SYSTEM_NAMESPACE, SYSTEM_NAMESPACE, NODE_AGENTS_NAMESPACE];
  return isOpenStack(config) ? everywhere : [...everywhere, INGRESS_NAMESPACE];
}
