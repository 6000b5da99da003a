import type { ClusterNode, OpenStackClusterConfig, WorkerPool } from "../config/cluster-config.js";
import { addController, addControllers } from "./controller.js";
import { addEtcdMember, addEtcdMembers } from "./etcd/node.js";
import { IgnitionBuilder } from "./ignition/builder.js";
import type { IgnitionDocument } from "./ignition/document.js";
import { addCommon } from "./node/common.js";
import { addHostname } from "./node/hostname.js";
import { addWorkers } from "./worker.js";

/** Nodes that are told the same but for what is each one's own. */
export type NodeGroup =
  { readonly role: "etcd" | "controller" } | { readonly role: "worker"; readonly pool: WorkerPool };

/** What every node of a group is told and that is no secret. */
export function sharedDocument(config: OpenStackClusterConfig, group: NodeGroup): IgnitionDocument {
  const document = new IgnitionBuilder();
  addCommon(document, config);
  switch (group.role) {
    case "etcd":
      addEtcdMembers(document, config);
      break;
    case "controller":
      addControllers(document, config);
      break;
    case "worker":
      addWorkers(document, config, group.pool);
      break;
  }
  return document.build();
}

/** What one node alone is told and that is no secret. */
export function ownDocument(config: OpenStackClusterConfig, node: ClusterNode): IgnitionDocument {
  const document = new IgnitionBuilder();
  addHostname(document, node);
  switch (node.role) {
    case "etcd":
      addEtcdMember(document, config, node);
      break;
    case "controller":
      addController(document, config, node);
      break;
    case "worker":
      break;
  }
  return document.build();
}
