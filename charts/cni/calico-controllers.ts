import { Construct } from "constructs";
import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { KubeControllersConfiguration } from "../crds/custom-resources.js";
import { ownerLabels } from "../shared/labels.js";
import { commandProbe } from "../shared/probes.js";
import { scratchVolume } from "../shared/volumes.js";
import { Workload } from "../shared/workload.js";
import { controllersRules } from "./calico-rights.js";

export interface CalicoControllersProps {
  readonly config: OpenStackClusterConfig;
}

/** User of the image. */
const USER = 999;
const METRICS_PORT = 9094;
const CHECK = "/usr/bin/check-status";

/**
 * Frees the addresses of pods and nodes that are gone. It needs nothing of its node, and stands with the managed services.
 * Source: github.com/projectcalico/calico, manifests/calico-vxlan.yaml
 */
export class CalicoControllers extends Construct {
  constructor(scope: Construct, id: string, { config }: CalicoControllersProps) {
    super(scope, id);
    new KubeControllersConfiguration(this, "settings", {
      metadata: { name: "default", labels: ownerLabels },
      spec: {
        healthChecks: "Enabled",
        logSeverityScreen: "Info",
        prometheusMetricsPort: METRICS_PORT,
        controllers: {
          node: { hostEndpoint: { autoCreate: "Disabled" }, leakGracePeriod: "15m" },
          // Renames policies of releases that no cluster here began with.
          policyMigration: { enabled: "Disabled" },
        },
      },
    });
    const controllers = new Workload(this, "controllers", {
      config,
      namespace: SYSTEM_NAMESPACE,
      name: "calico-kube-controllers",
      kind: { type: "Deployment", replicas: 1, recreate: true },
      priority: "system-cluster-critical",
      user: USER,
      containers: [
        {
          name: "calico-kube-controllers",
          image: imageOf("calico-kube-controllers", config),
          // Balancers get their addresses of the cloud.
          environment: { DATASTORE_TYPE: "kubernetes", ENABLED_CONTROLLERS: "node" },
          ports: { metrics: METRICS_PORT },
          resources: { cpu: { request: "20m", limit: "500m" }, memory: { request: "64Mi", limit: "256Mi" } },
          probes: {
            readiness: commandProbe([CHECK, "-r"]),
            liveness: commandProbe([CHECK, "-l"], { timeoutSeconds: 10, failureThreshold: 6 }),
          },
          mounts: [{ volume: scratchVolume("status", "1Mi"), path: "/status", writable: true }],
        },
      ],
      rights: { cluster: controllersRules },
      metrics: [{ port: "metrics" }],
    });
    controllers.connections.allowToApiServer();
  }
}
