import type { ClusterConfig } from "../config/cluster-config.js";
import { managedNamespaceNames } from "../config/managed-namespaces.js";

/** A matcher of PromQL: what users run elsewhere is theirs to watch. */
export function inManagedNamespaces(config: ClusterConfig): string {
  return `namespace=~"${managedNamespaceNames(config).join("|")}"`;
}
