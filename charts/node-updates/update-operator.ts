import { Construct } from "constructs";
import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { leaderElectionRights } from "../shared/leader-election.js";
import { Workload } from "../shared/workload.js";

/** Who of its pods leads. The name is the program's own choice. */
const LOCK = "flatcar-linux-update-operator-lock";

/** Says which node may reboot now: one at a time, within the window. */
export class UpdateOperator extends Construct {
  constructor(scope: Construct, id: string, config: OpenStackClusterConfig) {
    super(scope, id);
    const operator = new Workload(this, "workload", {
      config,
      namespace: SYSTEM_NAMESPACE,
      name: "flatcar-linux-update-operator",
      kind: { type: "Deployment", replicas: 1 },
      priority: "platform",
      containers: [
        {
          name: "update-operator",
          image: imageOf("flatcar-linux-update-operator", config),
          command: ["/bin/update-operator"],
          args: rebootWindow(config),
          environment: { POD_NAMESPACE: { field: "metadata.namespace" } },
          resources: { cpu: { request: "5m", limit: "100m" }, memory: { request: "24Mi", limit: "96Mi" } },
        },
      ],
      rights: {
        cluster: [{ apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch", "update"] }],
        namespaces: {
          // It holds its lock twice, as a ConfigMap and as a Lease.
          [SYSTEM_NAMESPACE]: [
            { apiGroups: [""], resources: ["configmaps"], verbs: ["create"] },
            { apiGroups: [""], resources: ["configmaps"], resourceNames: [LOCK], verbs: ["get", "update"] },
            ...leaderElectionRights(LOCK),
            { apiGroups: [""], resources: ["events"], verbs: ["create", "watch"] },
          ],
        },
      },
      deviations: {
        probes: "It listens on nothing, and ends by itself when it does not lead any more; no node reboots meanwhile.",
      },
    });
    operator.connections.allowToApiServer();
  }
}

/** In the container's own time, which is UTC. */
function rebootWindow({ services }: OpenStackClusterConfig): readonly string[] {
  const { rebootWindow: window } = services.nodeUpdates;
  if (window === undefined) return [];
  return [`--reboot-window-start=${window.start}`, `--reboot-window-length=${window.durationMinutes}m`];
}
