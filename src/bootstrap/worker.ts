import type { OpenStackClusterConfig, WorkerPool } from "../config/cluster-config.js";
import type { IgnitionBuilder } from "./ignition/builder.js";
import { joinConfiguration } from "./kubeadm/join-configuration.js";
import { addJoin } from "./node/join.js";
import { poolLabels } from "./node/kubelet.js";
import { addKubernetes } from "./node/kubernetes.js";

/** What every worker of a pool is told; nothing in it is a single node's. */
export function addWorkers(document: IgnitionBuilder, config: OpenStackClusterConfig, pool: WorkerPool): void {
  addKubernetes(document, config);
  addJoin(document, config, {
    role: "worker",
    configuration: joinConfiguration({ labels: poolLabels(pool), taints: pool.taints }),
    flavor: pool.flavor,
  });
}
