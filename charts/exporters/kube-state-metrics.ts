import type { k8s } from "cdk8s-plus-27";
import { Construct } from "constructs";
import { jobs } from "../../src/alerting/jobs.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { httpProbe } from "../shared/probes.js";
import { Workload } from "../shared/workload.js";

export interface KubeStateMetricsProps {
  readonly config: ClusterConfig;
}

const PORT = 8080;
const OWN_PORT = 8081;
/** `nobody` of the image. */
const USER = 65534;

/** What alerts and dashboards speak of, by API group. Not Secrets, nor ConfigMaps: whoever reads these reads what is in them. */
const watched: Readonly<Record<string, readonly string[]>> = {
  "": ["namespaces", "nodes", "persistentvolumeclaims", "persistentvolumes", "pods", "resourcequotas", "services"],
  apps: ["daemonsets", "deployments", "statefulsets"],
  batch: ["cronjobs", "jobs"],
  policy: ["poddisruptionbudgets"],
  "storage.k8s.io": ["volumeattachments"],
};

/** Labels of objects that become labels of `kube_<kind>_labels`. */
const labels: Readonly<Record<string, readonly string[]>> = {
  nodes: ["node.kubernetes.io/instance-type", "topology.kubernetes.io/zone"],
};

/**
 * The cluster's objects as metrics. One replica: two would count everything twice.
 * Source: github.com/kubernetes/kube-state-metrics, examples/standard
 */
export class KubeStateMetrics extends Construct {
  constructor(scope: Construct, id: string, { config }: KubeStateMetricsProps) {
    super(scope, id);
    const workload = new Workload(this, "workload", {
      config,
      namespace: SYSTEM_NAMESPACE,
      name: jobs.kubeStateMetrics,
      kind: { type: "Deployment", replicas: 1 },
      priority: "platform",
      user: USER,
      containers: [
        {
          name: "kube-state-metrics",
          image: imageOf("kube-state-metrics", config),
          args: [
            `--port=${PORT}`,
            `--telemetry-port=${OWN_PORT}`,
            `--resources=${Object.values(watched).flat().sort().join(",")}`,
            `--metric-labels-allowlist=${Object.entries(labels).map(allowance).join(",")}`,
          ],
          ports: { metrics: PORT, telemetry: OWN_PORT },
          resources: { cpu: { request: "20m", limit: "500m" }, memory: { request: "64Mi", limit: "512Mi" } },
          probes: { readiness: httpProbe("/readyz", "telemetry"), liveness: httpProbe("/livez", "metrics") },
        },
      ],
      rights: { cluster: Object.entries(watched).map(rule) },
      metrics: [
        {
          port: "metrics",
          // Series are of the namespaces and pods that they speak of, and the same ones when this pod is another.
          honorLabels: true,
          relabelings: [
            { action: "labeldrop", regex: "pod|container|endpoint|service" },
            { targetLabel: "instance", replacement: jobs.kubeStateMetrics },
          ],
        },
      ],
    });
    workload.connections.allowToApiServer();
  }
}

function allowance([kind, names]: [string, readonly string[]]): string {
  return `${kind}=[${names.join(",")}]`;
}

function rule([apiGroup, resources]: [string, readonly string[]]): k8s.PolicyRule {
  return { apiGroups: [apiGroup], resources: [...resources], verbs: ["list", "watch"] };
}
