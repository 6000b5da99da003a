import { stringify } from "yaml";
import type { ClusterNode, OpenStackClusterConfig } from "../../config/cluster-config.js";
import { API_PORT } from "../../config/host-names.js";
import type { IgnitionBuilder } from "../ignition/builder.js";
import { yamlDocuments } from "../kubeadm/documents.js";
import type { joinConfiguration } from "../kubeadm/join-configuration.js";
import { paths } from "../paths.js";
import { environmentFile } from "./environment-file.js";
import { kubeletPatch } from "./kubelet.js";

/** How a node comes into its cluster. */
export interface Joining extends Pick<ClusterNode, "flavor"> {
  readonly role: "controller" | "worker";
  /** Whether the control plane begins with it. Default: it joins. */
  readonly isFirst?: boolean;
  /** Addresses of the other controllers, one of which may have begun already. Default: it asks none. */
  readonly peers?: readonly string[];
  /** Client URLs of etcd's own nodes, where the control plane begins only with an empty store. Default: it asks none. */
  readonly etcdEndpoints?: readonly string[];
  /** What kubeadm is told. */
  readonly configuration: ReturnType<typeof joinConfiguration>;
}

/** What `join-cluster.sh` reads. */
type JoinVariable = "ROLE" | "FIRST" | "API_HOST" | "API_PORT" | "PEERS" | "ETCD_ENDPOINTS";

function joinEnvironment(
  { apiHosts }: Pick<OpenStackClusterConfig, "apiHosts">,
  { role, isFirst = false, peers = [], etcdEndpoints = [] }: Joining,
): Readonly<Record<`KAAS_${JoinVariable}`, string>> {
  return {
    KAAS_ROLE: role,
    KAAS_FIRST: String(isFirst),
    KAAS_API_HOST: apiHosts.internal,
    KAAS_API_PORT: String(API_PORT),
    KAAS_PEERS: peers.join(" "),
    KAAS_ETCD_ENDPOINTS: etcdEndpoints.join(" "),
  };
}

/** The files by which a node, or every node of a pool, joins. */
export function addJoin(document: IgnitionBuilder, config: OpenStackClusterConfig, joining: Joining): void {
  document.addFile({ path: `${paths.kaas}/node.env`, text: environmentFile(joinEnvironment(config, joining)) });
  document.addFile({ path: `${paths.kubeadm}/join.yaml`, text: yamlDocuments(joining.configuration) });
  document.addFile({
    path: `${paths.patches}/kubeletconfiguration+merge.yaml`,
    text: stringify(kubeletPatch(joining)),
  });
}
