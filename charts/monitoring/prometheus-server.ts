import { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { serviceHostOf } from "../../src/config/host-names.js";
import { catalogue } from "../../src/versions/catalogue.js";
import { Prometheus } from "../crds/custom-resources.js";
import type { PrometheusSpec } from "../crds/generated/monitoring.coreos.com.js";
import type { Connections, WorkloadReference } from "../shared/connections.js";
import { ownerLabels } from "../shared/labels.js";
import type { Rights } from "../shared/service-account.js";
import { OperatedPods, volumeOf } from "./operated-pods.js";
import { PROMETHEUS_PORT } from "./workloads.js";

export interface PrometheusServerProps {
  readonly config: ClusterConfig;
  /** Named `prometheus-<instance>`, as the operator names its pods. */
  readonly workload: WorkloadReference;
  /** Of its pages: `<host>.<cluster domain>`. */
  readonly host: string;
  readonly rights: Rights;
  readonly storageGiB: number;
  readonly resources: NonNullable<PrometheusSpec["resources"]>;
  /** What it reads, whom it trusts and whom it tells. */
  readonly spec: PrometheusSpec;
}

/** Share of a volume that blocks may fill: the log of what is not in blocks yet, and their compaction, take the rest. */
const FILLED = 0.8;
const MIB_PER_GIB = 1024;
const PREFIX = "prometheus-";

/** One Prometheus: its custom resource and what surrounds the pods that the operator makes of it. */
export class PrometheusServer extends Construct {
  readonly connections: Connections;

  constructor(scope: Construct, id: string, props: PrometheusServerProps) {
    super(scope, id);
    const { config, workload, host, rights, storageGiB, resources } = props;
    const { replicas, retentionDays } = config.services.monitoring;
    const pods = new OperatedPods(this, "pods", { config, workload, webPort: PROMETHEUS_PORT, rights });
    this.connections = pods.connections;
    this.connections.allowToApiServer();
    new Prometheus(this, "server", {
      metadata: {
        name: workload.name.slice(PREFIX.length),
        namespace: workload.namespace,
        labels: { ...ownerLabels, "k8s-app": workload.name },
      },
      spec: {
        ...pods.podSettings(),
        image: imageOf("prometheus", config),
        version: catalogue.images.prometheus.tag,
        replicas,
        resources,
        retention: `${retentionDays}d`,
        retentionSize: `${Math.floor(storageGiB * FILLED * MIB_PER_GIB)}MiB`,
        storage: volumeOf(storageGiB),
        scrapeInterval: "30s",
        evaluationInterval: "30s",
        externalLabels: { cluster: config.name },
        externalUrl: `https://${serviceHostOf(host, config.clusterDomain)}`,
        serviceDiscoveryRole: "EndpointSlice",
        // Whoever writes a ServiceMonitor could have its token, or any file, sent anywhere.
        arbitraryFSAccessThroughSMs: { deny: true },
        ...props.spec,
      },
    });
  }
}

/** What Prometheus asks of the Kubernetes API to find pods behind Services. */
export const discoveryRules = [
  { apiGroups: [""], resources: ["pods", "services"], verbs: ["get", "list", "watch"] },
  { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["get", "list", "watch"] },
];
