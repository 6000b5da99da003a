import { Chart } from "cdk8s";
import { k8s } from "cdk8s-plus-27";
import type { Construct } from "constructs";
import { isOpenStack, type ClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { ownerLabels } from "../shared/labels.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { httpProbe } from "../shared/probes.js";
import { scratchVolume } from "../shared/volumes.js";
import { Workload } from "../shared/workload.js";

export interface MetricsServerChartProps {
  readonly config: ClusterConfig;
}

const GROUP = "metrics.k8s.io";
const VERSION = "v1beta1";
const SERVICE_PORT = 443;
/** Kubelets serve here too; on EKS the control plane reaches this port of nodes and pods by the same rule. */
const PORT = 10250;
const KUBELET_PORT = 10250;

/**
 * What nodes and pods use just now: for `kubectl top` and for autoscaling.
 * Source: github.com/kubernetes-sigs/metrics-server, manifests
 */
export class MetricsServerChart extends Chart {
  constructor(scope: Construct, id: string, { config }: MetricsServerChartProps) {
    super(scope, id);
    const scratch = scratchVolume("certificate", "1Mi");
    const server = new Workload(this, "metrics-server", {
      config,
      namespace: SYSTEM_NAMESPACE,
      name: "metrics-server",
      kind: { type: "Deployment", replicas: 2 },
      priority: "platform-critical",
      containers: [
        {
          name: "metrics-server",
          image: imageOf("metrics-server", config),
          args: [
            `--secure-port=${PORT}`,
            "--cert-dir=/certificate",
            "--kubelet-preferred-address-types=InternalIP,Hostname",
            "--kubelet-use-node-status-port",
            "--metric-resolution=15s",
            // On OpenStack kubelets sign their own certificates, as kubeadm sets them up.
            ...(isOpenStack(config) ? ["--kubelet-insecure-tls"] : []),
          ],
          ports: { https: PORT },
          resources: { cpu: { request: "50m", limit: "500m" }, memory: { request: "100Mi", limit: "400Mi" } },
          probes: {
            readiness: httpProbe("/readyz", "https", { scheme: "HTTPS" }),
            liveness: httpProbe("/livez", "https", { scheme: "HTTPS" }),
          },
          mounts: [{ volume: scratch, path: "/certificate", writable: true }],
        },
      ],
      rights: {
        cluster: [
          { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
          { apiGroups: [""], resources: ["nodes", "pods"], verbs: ["get", "list", "watch"] },
        ],
        clusterRoles: ["system:auth-delegator"],
        roles: { "kube-system": "extension-apiserver-authentication-reader" },
      },
      service: { [SERVICE_PORT]: "https" },
    });
    server.connections.allowToApiServer();
    server.connections.allowToNodes(KUBELET_PORT);
    server.connections.allowFromNodes(PORT);

    new k8s.KubeApiService(this, "api", {
      metadata: { name: `${VERSION}.${GROUP}`, labels: ownerLabels },
      spec: {
        group: GROUP,
        version: VERSION,
        service: { name: server.name, namespace: server.namespace, port: SERVICE_PORT },
        // It makes its certificate itself when it starts; the API server shows who it is either way.
        insecureSkipTlsVerify: true,
        groupPriorityMinimum: 100,
        versionPriority: 100,
      },
    });
    this.addRole("view", "system:aggregated-metrics-reader");
  }

  /** Whoever may view pods may see what they use. */
  private addRole(aggregateTo: string, name: string): void {
    new k8s.KubeClusterRole(this, "reader", {
      metadata: {
        name,
        labels: { ...ownerLabels, [`rbac.authorization.k8s.io/aggregate-to-${aggregateTo}`]: "true" },
      },
      rules: [{ apiGroups: [GROUP], resources: ["pods", "nodes"], verbs: ["get", "list", "watch"] }],
    });
  }
}
