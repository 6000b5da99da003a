import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { Connections } from "../shared/connections.js";
import type { RequiredSecret } from "../shared/required-secret.js";
import { BLACKBOX_EXPORTER, BlackboxExporter } from "./blackbox-exporter.js";
import { ElasticsearchExporter } from "./elasticsearch-exporter.js";
import type { ExporterTarget } from "./exporter-target.js";
import { exporterSecrets } from "./exporters-secrets.js";
import { HostProbe } from "./host-probe.js";
import { KubeStateMetrics } from "./kube-state-metrics.js";
import { NodeExporter } from "./node-exporter.js";
import { PostgresExporter } from "./postgres-exporter.js";
import { RedisExporter } from "./redis-exporter.js";

export interface ExportersChartProps {
  readonly config: ClusterConfig;
}

/** The user that exporters sign in as. */
const USER = "monitoring";
const ELASTICSEARCH_PORT = 9200;
const POSTGRES_PORT = 5432;
const REDIS_PORT = 6379;
/** Where pods reach the Kubernetes API, of whichever cluster; it tells everybody whether it is ready. */
const API_READY = "https://kubernetes.default.svc/readyz";

/** What gives metrics of what has none of its own. */
export class ExportersChart extends Chart {
  constructor(scope: Construct, id: string, { config }: ExportersChartProps) {
    super(scope, id);
    const { services, auth } = config;
    new NodeExporter(this, "node", { config });
    new KubeStateMetrics(this, "kube-state", { config });
    new BlackboxExporter(this, "blackbox", { config });
    this.probeApi(config);
    if (services.logging.enabled) {
      const target = targetOf("elasticsearch", ELASTICSEARCH_PORT, exporterSecrets.elasticsearch);
      new ElasticsearchExporter(this, "elasticsearch", { config, target });
    }
    if (services.registry.enabled) {
      const database = targetOf("harbor-database", POSTGRES_PORT, exporterSecrets.harborDatabase);
      const cache = targetOf("harbor-redis", REDIS_PORT, exporterSecrets.harborRedis);
      new PostgresExporter(this, "harbor-database", { config, target: database });
      new RedisExporter(this, "harbor-redis", { config, target: cache });
    }
    if (auth.mode === "hosted") {
      const target = targetOf("kubernetes-auth-database", POSTGRES_PORT, exporterSecrets.authDatabase);
      new PostgresExporter(this, "kubernetes-auth-database", { config, target });
    }
  }

  private probeApi(config: ClusterConfig): void {
    new HostProbe(this, "kubernetes-api", { name: "kubernetes-api", url: API_READY, module: "api" });
    new Connections(this, "probes", { config, workload: BLACKBOX_EXPORTER }).allowToApiServer();
  }
}

function targetOf(name: string, port: number, secret: RequiredSecret): ExporterTarget {
  return { workload: { namespace: SYSTEM_NAMESPACE, name }, port, user: USER, secret };
}
