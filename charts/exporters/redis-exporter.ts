import { Construct } from "constructs";
import { jobs } from "../../src/alerting/jobs.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { httpProbe } from "../shared/probes.js";
import { Workload } from "../shared/workload.js";
import { jobOf, type ExporterTarget } from "./exporter-target.js";

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
export class RedisExporter extends Construct {
  constructor(scope: Construct, id: string, { config, target }: RedisExporterProps) {
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
          name: "redis-exporter",
          image: imageOf("redis-exporter", config),
          environment: {
            REDIS_ADDR: `redis://${workload.name}.${workload.namespace}.svc:${port}`,
            REDIS_USER: user,
            REDIS_PASSWORD: { secret, key: "password" },
            REDIS_EXPORTER_WEB_LISTEN_ADDRESS: `:${PORT}`,
          },
          ports: { metrics: PORT },
          resources: { cpu: { request: "10m", limit: "200m" }, memory: { request: "24Mi", limit: "96Mi" } },
          probes: { readiness: httpProbe("/health", "metrics"), liveness: httpProbe("/health", "metrics") },
        },
      ],
      metrics: [{ port: "metrics", relabelings: jobOf(jobs.redis, workload) }],
    });
    exporter.connections.allowTo(workload, port);
  }
}
