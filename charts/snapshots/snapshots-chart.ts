import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { leaderElectionRights } from "../shared/leader-election.js";
import { httpProbe } from "../shared/probes.js";
import { Workload } from "../shared/workload.js";

const PORT = 8080;
/** The name is the program's own choice. */
const LEASE = "snapshot-controller-leader";
const LOOK = ["get", "list", "watch"];
const GROUP = "snapshot.storage.k8s.io";

/**
 * Makes a snapshot of the storage driver's for each VolumeSnapshot. On EKS an add-on of Amazon's does.
 * Source: github.com/kubernetes-csi/external-snapshotter, deploy/kubernetes/snapshot-controller
 */
export class SnapshotsChart extends Chart {
  constructor(scope: Construct, id: string, config: OpenStackClusterConfig) {
    super(scope, id);
    const health = httpProbe("/healthz/leader-election", "http");
    const controller = new Workload(this, "snapshot-controller", {
      config,
      namespace: SYSTEM_NAMESPACE,
      name: "snapshot-controller",
      kind: { type: "Deployment", replicas: 2 },
      priority: "platform",
      containers: [
        {
          name: "snapshot-controller",
          image: imageOf("snapshot-controller", config),
          args: ["--leader-election=true", `--http-endpoint=:${PORT}`],
          ports: { http: PORT },
          resources: { cpu: { request: "10m", limit: "200m" }, memory: { request: "32Mi", limit: "192Mi" } },
          probes: { readiness: health, liveness: health },
        },
      ],
      rights: {
        cluster: [
          { apiGroups: [""], resources: ["persistentvolumes"], verbs: LOOK },
          { apiGroups: [""], resources: ["persistentvolumeclaims"], verbs: [...LOOK, "update"] },
          { apiGroups: [""], resources: ["events"], verbs: ["list", "watch", "create", "update", "patch"] },
          { apiGroups: [GROUP], resources: ["volumesnapshotclasses"], verbs: LOOK },
          {
            apiGroups: [GROUP],
            resources: ["volumesnapshots", "volumesnapshotcontents"],
            verbs: [...LOOK, "create", "update", "patch", "delete"],
          },
          { apiGroups: [GROUP], resources: ["volumesnapshotcontents/status"], verbs: ["patch"] },
          { apiGroups: [GROUP], resources: ["volumesnapshots/status"], verbs: ["update", "patch"] },
        ],
        namespaces: { [SYSTEM_NAMESPACE]: leaderElectionRights(LEASE) },
      },
      metrics: [{ port: "http" }],
    });
    controller.connections.allowToApiServer();
  }
}
