import { Construct } from "constructs";
import { jobs } from "../../src/alerting/jobs.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { httpProbe } from "../shared/probes.js";
import { Workload } from "../shared/workload.js";
import type { ExporterTarget } from "./exporter-target.js";

export interface ElasticsearchExporterProps {
  readonly config: ClusterConfig;
  /** Its user needs the cluster's privilege `monitor`, and `monitor` of every index. */
  readonly target: ExporterTarget;
}

const PORT = 9114;
/** `nobody` of the image. */
const USER = 65534;

/**
 * Elasticsearch as metrics. One replica: it asks for all nodes, and two would count them twice.
 * Source: github.com/prometheus-community/elasticsearch_exporter
 */
export class ElasticsearchExporter extends Construct {
  constructor(scope: Construct, id: string, { config, target }: ElasticsearchExporterProps) {
    super(scope, id);
    const { workload, port, user, secret } = target;
    const exporter = new Workload(this, "workload", {
      config,
      namespace: SYSTEM_NAMESPACE,
      name: jobs.elasticsearch,
      kind: { type: "Deployment", replicas: 1 },
      priority: "platform",
      user: USER,
      containers: [
        {
          name: "elasticsearch-exporter",
          image: imageOf("elasticsearch-exporter", config),
          args: [
            `--web.listen-address=:${PORT}`,
            `--es.uri=http://${workload.name}.${workload.namespace}.svc:${port}`,
            "--es.all",
            "--es.indices_settings",
            "--es.timeout=20s",
          ],
          environment: { ES_USERNAME: user, ES_PASSWORD: { secret, key: "password" } },
          ports: { metrics: PORT },
          resources: { cpu: { request: "10m", limit: "200m" }, memory: { request: "32Mi", limit: "128Mi" } },
          probes: { readiness: httpProbe("/healthz", "metrics"), liveness: httpProbe("/healthz", "metrics") },
        },
      ],
      metrics: [{ port: "metrics" }],
    });
    exporter.connections.allowTo(workload, port);
  }
}
