import type { Construct } from "constructs";
import { jobs } from "../../src/alerting/jobs.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { jobOf, type ExporterTarget } from "./exporter-target.js";
import { ServerExporter } from "./server-exporter.js";

export interface PostgresExporterProps {
  readonly config: ClusterConfig;
  /** Its user needs the role `pg_monitor`. */
  readonly target: ExporterTarget;
}

const PORT = 9187;
/** `nobody` of the image. */
const USER = 65534;

/**
 * A PostgreSQL server as metrics, its databases with it.
 * Source: github.com/prometheus-community/postgres_exporter
 */
export class PostgresExporter extends ServerExporter {
  constructor(scope: Construct, id: string, { config, target }: PostgresExporterProps) {
    const { workload, port, user, secret } = target;
    super(scope, id, {
      config,
      target,
      image: "postgres-exporter",
      user: USER,
      port: PORT,
      args: [`--web.listen-address=:${PORT}`, "--collection-timeout=8s"],
      environment: {
        // The flow between the two is theirs alone, and the server has no certificate.
        DATA_SOURCE_URI: `${workload.name}.${workload.namespace}.svc:${port}/postgres?sslmode=disable`,
        DATA_SOURCE_USER: user,
        DATA_SOURCE_PASS: { secret, key: "password" },
      },
      memory: { request: "24Mi", limit: "96Mi" },
      healthPath: "/",
      relabelings: jobOf(jobs.postgres, workload),
    });
  }
}
