import type { Construct } from "constructs";
import { jobs } from "../../src/alerting/jobs.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { jobOf, type ExporterTarget } from "./exporter-target.js";
import { ServerExporter } from "./server-exporter.js";

export interface RedisExporterProps {
  readonly config: ClusterConfig;
  readonly target: ExporterTarget;
}

const PORT = 9121;
/** Of the image. */
const USER = 59000;

/**
 * A Redis server as metrics.
 * Source: github.com/oliver006/redis_exporter
 */
export class RedisExporter extends ServerExporter {
  constructor(scope: Construct, id: string, { config, target }: RedisExporterProps) {
    const { workload, port, user, secret } = target;
    super(scope, id, {
      config,
      target,
      image: "redis-exporter",
      user: USER,
      port: PORT,
      environment: {
        REDIS_ADDR: `redis://${workload.name}.${workload.namespace}.svc:${port}`,
        REDIS_USER: user,
        REDIS_PASSWORD: { secret, key: "password" },
        REDIS_EXPORTER_WEB_LISTEN_ADDRESS: `:${PORT}`,
      },
      memory: { request: "24Mi", limit: "96Mi" },
      healthPath: "/health",
      relabelings: jobOf(jobs.redis, workload),
    });
  }
}
