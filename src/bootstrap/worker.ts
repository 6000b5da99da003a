import { stringify } from "yaml";
import type { OpenStackClusterConfig, WorkerPool } from "../config/cluster-config.js";
import { API_PORT } from "../config/host-names.js";
import type { IgnitionBuilder } from "./ignition/builder.js";
import { joinConfiguration } from "./kubeadm/join-configuration.js";
import { yamlDocuments } from "./kubeadm/documents.js";
import { environmentFile } from "./node/environment-file.js";
import { kubeletPatch, poolLabels } from "./node/kubelet.js";
import { addKubernetes } from "./node/kubernetes.js";
import { paths } from "./paths.js";

/** What every worker of a pool is told; nothing in it is a single node's. */
export function addWorkers(document: IgnitionBuilder, config: OpenStackClusterConfig, pool: WorkerPool): void {
  addKubernetes(document, config);
  document.addFile({
    path: `${paths.kaas}/node.env`,
    text: environmentFile({
      KAAS_ROLE: "worker",
      KAAS_FIRST: "false",
      KAAS_API_HOST: config.apiHosts.internal,
      KAAS_API_PORT: String(API_PORT),
      KAAS_PEERS: "",
      KAAS_ETCD_ENDPOINTS: "",
    }),
  });
  document.addFile({
    path: `${paths.kubeadm}/join.yaml`,
    text: yamlDocuments(joinConfiguration({ labels: poolLabels(pool), taints: pool.taints })),
  });
  document.addFile({
    path: `${paths.patches}/kubeletconfiguration+merge.yaml`,
    text: stringify(kubeletPatch({ flavor: pool.flavor })),
  });
}
