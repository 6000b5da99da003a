import { Construct } from "constructs";
import { jobs } from "../../src/alerting/jobs.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { leaderElectionRights } from "../shared/leader-election.js";
import { httpProbe } from "../shared/probes.js";
import { Workload } from "../shared/workload.js";
import { controllerRights } from "./controller-rights.js";
import { leaderElectionFlag, METRICS_PORT } from "./settings.js";

const HEALTH_PORT = 9403;

/**
 * Issues certificates and renews them. It reaches nobody but the API server: issuers outside the cluster (ACME, Vault) need a
 * flow of their own, and bootstrap.yaml names none.
 */
export class Controller extends Construct {
  constructor(scope: Construct, id: string, { config }: { readonly config: ClusterConfig }) {
    super(scope, id);
    // A pod that waits for the lease is as alive as the one that has it.
    const alive = httpProbe("/livez", "health", { timeoutSeconds: 15, failureThreshold: 8 });
    const controller = new Workload(this, "workload", {
      config,
      namespace: SYSTEM_NAMESPACE,
      name: jobs.certManager,
      kind: { type: "Deployment", replicas: 2 },
      priority: "platform",
      containers: [
        {
          name: "controller",
          image: imageOf("cert-manager-controller", config),
          args: [
            // Where Secrets of issuers of the whole cluster are.
            `--cluster-resource-namespace=${SYSTEM_NAMESPACE}`,
            leaderElectionFlag,
          ],
          ports: { metrics: METRICS_PORT, health: HEALTH_PORT },
          resources: { cpu: { request: "20m", limit: "500m" }, memory: { request: "64Mi", limit: "512Mi" } },
          probes: { readiness: alive, liveness: alive },
        },
      ],
      rights: {
        cluster: controllerRights,
        namespaces: { [SYSTEM_NAMESPACE]: leaderElectionRights("cert-manager-controller") },
      },
      metrics: [{ port: "metrics" }],
    });
    controller.connections.allowToApiServer();
  }
}
