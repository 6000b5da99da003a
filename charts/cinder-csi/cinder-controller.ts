import { Construct } from "constructs";
import type { OpenStackCluster } from "../../src/config/cluster-outputs.js";
import { minorImageOf } from "../../src/config/container-images.js";
import { CloudAccess } from "../shared/cloud-access.js";
import type { Mount } from "../shared/container.js";
import { memoryVolume } from "../shared/volumes.js";
import { Workload } from "../shared/workload.js";
import { cinderController } from "./cinder-csi-secrets.js";
import { driverProbes, HEALTH_PORT, livenessProbe, SOCKET, SOCKET_FOLDER, withoutProbes } from "./cinder-driver.js";
import { controllerSidecars, leaseRules, sidecarRules } from "./sidecars.js";

const METRICS_PORT = 8080;

/** Makes, attaches, grows and copies volumes. It asks the cloud for them, and needs nothing of its node. */
export class CinderController extends Construct {
  constructor(scope: Construct, id: string, cluster: OpenStackCluster) {
    super(scope, id);
    const { config } = cluster;
    const access = new CloudAccess(this, "cloud", { cluster, program: cinderController, sections: {} });
    const socket: Mount = { volume: memoryVolume("socket", "1Mi"), path: SOCKET_FOLDER, writable: true };
    const controller = new Workload(this, "workload", {
      ...cinderController,
      config,
      kind: { type: "Deployment", replicas: 2 },
      priority: "platform-critical",
      containers: [
        {
          name: "cinder-csi-plugin",
          image: minorImageOf("cinder-csi-plugin", config),
          command: ["/bin/cinder-csi-plugin"],
          args: [
            `--endpoint=unix://${SOCKET}`,
            `--cloud-config=${access.file}`,
            // Stands on every volume, by which one knows whose it is.
            `--cluster=${config.name}`,
            "--provide-node-service=false",
            "--pvc-annotations",
            `--http-endpoint=:${METRICS_PORT}`,
          ],
          ports: { metrics: METRICS_PORT, healthz: HEALTH_PORT },
          resources: { cpu: { request: "20m", limit: "500m" }, memory: { request: "48Mi", limit: "192Mi" } },
          probes: driverProbes(),
          mounts: [socket, ...access.mounts],
        },
        ...controllerSidecars(config, socket),
        livenessProbe(config, socket),
      ],
      rights: { cluster: sidecarRules, namespaces: { [cinderController.namespace]: leaseRules } },
      metrics: [{ port: "metrics" }],
      deviations: { probes: withoutProbes },
    });
    controller.connections.allowToApiServer();
    // The identity service alone is known by its address: it tells those of the others, whose ports are the cloud's choice.
    controller.connections.allowToAnywhere("cloud");
  }
}
