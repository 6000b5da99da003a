import { Construct } from "constructs";
import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { NODE_AGENTS_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { hostVolume } from "../shared/volumes.js";
import { everyTaint } from "../shared/workload-kind.js";
import { Workload } from "../shared/workload.js";

const ROOT = 0;

/** Tells when its node needs to reboot, and when it may, drains the node and reboots it. */
export class UpdateAgent extends Construct {
  constructor(scope: Construct, id: string, config: OpenStackClusterConfig) {
    super(scope, id);
    const agent = new Workload(this, "workload", {
      config,
      namespace: NODE_AGENTS_NAMESPACE,
      name: "flatcar-linux-update-agent",
      kind: { type: "DaemonSet" },
      placement: { tolerations: everyTaint },
      priority: "platform",
      containers: [
        {
          name: "update-agent",
          image: imageOf("flatcar-linux-update-operator", config),
          command: ["/bin/update-agent"],
          environment: { UPDATE_AGENT_NODE: { field: "spec.nodeName" } },
          resources: { cpu: { request: "5m", limit: "100m" }, memory: { request: "24Mi", limit: "96Mi" } },
          user: ROOT,
          mounts: [
            // Connecting to a socket is no writing: the update engine and logind answer on a read-only mount too.
            { volume: hostVolume("d-bus", "/run/dbus"), path: "/var/run/dbus" },
            { volume: hostVolume("update-settings", "/etc/flatcar"), path: "/etc/flatcar" },
            { volume: hostVolume("update-defaults", "/usr/share/flatcar"), path: "/usr/share/flatcar" },
            { volume: hostVolume("os-release", "/etc/os-release", "File"), path: "/etc/os-release" },
          ],
        },
      ],
      rights: {
        cluster: [
          { apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch", "update"] },
          { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "delete"] },
          { apiGroups: [""], resources: ["pods/eviction"], verbs: ["create"] },
          { apiGroups: ["apps"], resources: ["daemonsets"], verbs: ["get"] },
        ],
      },
      deviations: {
        probes: "It listens on nothing, and ends by itself when it loses the update engine or the API server.",
        "non-root": "The node's logind lets root alone reboot it.",
        "no-host-paths": "It hears of updates and reboots by the node's D-Bus, and reads which release the node runs.",
      },
    });
    agent.connections.allowToApiServer();
  }
}
