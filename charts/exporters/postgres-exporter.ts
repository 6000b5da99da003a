import { Construct } from "constructs";
import { jobs } from "../../src/alerting/jobs.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { httpProbe } from "../shared/probes.js";
import { Workload } from "../shared/workload.js";
import { jobOf, type ExporterTarget } from "./exporter-target.js";

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
export class PostgresExporter extends Construct {
  constructor(scope: Construct, id: string, { config, target }: PostgresExporterProps) {
    super(scope, id);
    const { workload, port, user, secret } = target;
    const exporter = new Workload(this, "workload", {
      config,
      namespace: SYSTEM_NAMESPACE,
      name: `${workload.name}-exporter`,
      kind: { type: "Deployment", replicas: 1 },
      priority: "platform",
      user: USER,
      containers: [
        {
          name: "postgres-exporter",
          image: imageOf("postgres-exporter", config),
          args: [`--web.listen-address=:${PORT}`, "--collection-timeout=8s"],
          environment: {
            // The flow between the two is theirs alone, and the server has no certificate.
            DATA_SOURCE_URI: `${workload.name}.${workload.namespace}.svc:${port}/postgres?sslmode=disable`,
            DATA_SOURCE_USER: user,
            DATA_SOURCE_PASS: { secret, key: "password" },
          },
          ports: { metrics: PORT },
          resources: { cpu: { request: "10m", limit: "200m" }, memory: { request: "24Mi", limit: "96Mi" } },
          probes: { readiness: httpProbe("/", "metrics"), liveness: httpProbe("/", "metrics") },
        },
      ],
      metrics: [{ port: "metrics", relabelings: jobOf(jobs.postgres, workload) }],
    });
    exporter.connections.allowTo(workload, port);
  }
}
