import type { Construct } from "constructs";
import { jobs } from "../../src/alerting/jobs.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { type ExporterTarget } from "./exporter-target.js";
import { ServerExporter } from "./server-exporter.js";

export interface ElasticsearchExporterProps {
  readonly config: ClusterConfig;
  /** Its user needs the cluster's privilege `monitor`, and `monitor` of every index. */
  readonly target: ExporterTarget;
}

const PORT = 9114;
/** `nobody` of the image. */
const USER = 65534;

/**
 * Elasticsearch as metrics, asked for all of its nodes.
 * Source: github.com/prometheus-community/elasticsearch_exporter
 */
export class ElasticsearchExporter extends ServerExporter {
  constructor(scope: Construct, id: string, { config, target }: ElasticsearchExporterProps) {
    const { workload, port, user, secret } = target;
    super(scope, id, {
      config,
      target,
      name: jobs.elasticsearch,
      image: "elasticsearch-exporter",
      user: USER,
      port: PORT,
      args: [
        `--web.listen-address=:${PORT}`,
        `--es.uri=http://${workload.name}.${workload.namespace}.svc:${port}`,
        "--es.all",
        "--es.indices_settings",
        "--es.timeout=20s",
      ],
      environment: { ES_USERNAME: user, ES_PASSWORD: { secret, key: "password" } },
      memory: { request: "32Mi", limit: "128Mi" },
      healthPath: "/healthz",
    });
  }
}
