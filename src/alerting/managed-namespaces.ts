import { isOpenStack, type ClusterConfig } from "../config/cluster-config.js";

/** Namespaces whose workloads are the platform's. What users run elsewhere is theirs to watch. */
export function managedNamespaces(config: ClusterConfig): readonly string[] {
  const everywhere = ["kube-system", "rackspace-system", "rackspace-node-agents"];
  return isOpenStack(config) ? everywhere : [...everywhere, "ingress-nginx"];
}

/** The same as a matcher of PromQL. */
export function inManagedNamespaces(config: ClusterConfig): string {
  return `namespace=~"${managedNamespaces(config).join("|")}"`;
}
