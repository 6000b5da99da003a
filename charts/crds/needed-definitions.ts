import { isOpenStack, type ClusterConfig } from "../../src/config/cluster-config.js";
import { definitionFiles, definitionsLock, type BundleName, type DefinitionFile } from "./lock.js";

/** The bundles that a cluster's services need, before any manifest is applied. */
export function neededBundles(config: ClusterConfig): readonly BundleName[] {
  const { monitoring, backup } = config.services;
  return [
    ...providerBundles(config),
    "cert-manager",
    ...(monitoring.enabled ? (["prometheus-operator"] as const) : []),
    ...(backup.enabled ? (["velero"] as const) : []),
  ];
}

function providerBundles(config: ClusterConfig): readonly BundleName[] {
  // Amazon's add-on for snapshots brings its own, and the add-on of the network needs none.
  if (!isOpenStack(config)) return ["aws-load-balancer-controller"];
  // Canal is Flannel with Calico's policies.
  return config.network.cni === "flannel" ? ["external-snapshotter"] : ["calico", "external-snapshotter"];
}

/** Their files, in the order of application. */
export function neededDefinitions(config: ClusterConfig): readonly DefinitionFile[] {
  return definitionFiles(definitionsLock, neededBundles(config));
}
