import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { KUBE_SYSTEM_NAMESPACE, SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { jobs } from "../../src/alerting/jobs.js";
import { httpProbe } from "../shared/probes.js";
import { Workload } from "../shared/workload.js";
import { KUBELET_SERVICE } from "./control-plane-chart.js";
import { operatorRights } from "./operator-rights.js";

const PORT = 8080;

/**
 * Makes the pods of the platform's Prometheus and Alertmanager, and their configuration of the ServiceMonitors and rules in all
 * namespaces. It serves no Prometheus or Alertmanager of users: theirs would run with what rights it has.
 *
 * Its admission webhook is left out: what it would refuse, the operator refuses too, and says so in an event and by an alert.
 * Source: github.com/prometheus-operator/prometheus-operator, example/rbac
 */
export class PrometheusOperatorChart extends Chart {
  constructor(scope: Construct, id: string, config: ClusterConfig) {
    super(scope, id);
    const operator = new Workload(this, "operator", {
      config,
      namespace: SYSTEM_NAMESPACE,
      name: jobs.prometheusOperator,
      // It elects no leader.
      kind: { type: "Deployment", replicas: 1, recreate: true },
      priority: "platform",
      containers: [
        {
          name: "prometheus-operator",
          image: imageOf("prometheus-operator", config),
          args: [...instanceArgs, ...kubeletArgs, ...reloaderArgs(config)],
          ports: { http: PORT },
          resources: { cpu: { request: "50m", limit: "500m" }, memory: { request: "100Mi", limit: "300Mi" } },
          probes: { readiness: httpProbe("/healthz", "http"), liveness: httpProbe("/healthz", "http") },
        },
      ],
      rights: operatorRights,
      metrics: [{ port: "http" }],
    });
    operator.connections.allowToApiServer();
  }
}

/** Whose Prometheus and Alertmanager it runs. What these read is in any namespace. */
const instanceArgs = [
  ...["prometheus-instance", "alertmanager-instance", "alertmanager-config", "thanos-ruler-instance"].map(
    (what) => `--${what}-namespaces=${SYSTEM_NAMESPACE}`,
  ),
  "--disable-unmanaged-prometheus-configuration=true",
];

/** Nodes are no pods: it keeps the Service of kubelets. Their port without sign-in is closed. */
const kubeletArgs = [
  `--kubelet-service=${KUBE_SYSTEM_NAMESPACE}/${KUBELET_SERVICE}`,
  "--kubelet-endpoints=false",
  "--kubelet-endpointslice=true",
  "--kubelet-http-metrics=false",
];

function reloaderArgs(config: ClusterConfig): readonly string[] {
  return [
    `--prometheus-config-reloader=${imageOf("prometheus-config-reloader", config)}`,
    "--enable-config-reloader-probes=true",
    "--config-reloader-cpu-request=10m",
    "--config-reloader-cpu-limit=100m",
    "--config-reloader-memory-request=32Mi",
    "--config-reloader-memory-limit=64Mi",
  ];
}
