import { Construct } from "constructs";
import { jobs } from "../../src/alerting/jobs.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { ServiceMonitor } from "../crds/custom-resources.js";
import { Connections, type WorkloadReference } from "./connections.js";
import { ownerLabels } from "./labels.js";

/** The Prometheus that watches the platform. */
export const PLATFORM_PROMETHEUS: WorkloadReference = { namespace: SYSTEM_NAMESPACE, name: jobs.prometheus };

/** Where a workload tells its metrics. */
export interface MetricsEndpoint {
  /** Name of the port of its containers. */
  readonly port: string;
  /** @default /metrics */
  readonly path?: string;
  /** Its certificate is not verified: pods make their own. @default http */
  readonly scheme?: "http" | "https";
  /** Whether Prometheus shows the token of its service account: {@link SIGNED_IN}. @default false */
  readonly signIn?: boolean;
  /** Between two readings. @default - that of Prometheus */
  readonly interval?: string;
  /** Whether labels of the same name that it tells win over those of the target. @default false */
  readonly honorLabels?: boolean;
  /** Whether the times that it tells are kept, and not those of the reading. @default true */
  readonly honorTimestamps?: boolean;
  /** What is kept, dropped or renamed of a target. @default - nothing */
  readonly relabelings?: readonly Relabeling[];
  /** What is kept, dropped or renamed of its series. @default - everything stays */
  readonly metricRelabelings?: readonly Relabeling[];
  /** Parameters of the address. @default - none */
  readonly parameters?: Readonly<Record<string, readonly string[]>>;
}

/** Source: prometheus.io/docs/prometheus/latest/configuration/configuration, relabel_config */
export interface Relabeling {
  readonly action?: "replace" | "keep" | "drop" | "labeldrop" | "labelkeep" | "labelmap";
  readonly sourceLabels?: readonly string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly targetLabel?: string;
  readonly replacement?: string;
}

export interface MetricsProps {
  readonly config: ClusterConfig;
  readonly workload: WorkloadReference;
  /** Each port by its name and number of TCP. */
  readonly endpoints: readonly (MetricsEndpoint & { readonly number: number })[];
}

/**
 * Scrape class of what is asked with the token of Prometheus' own service account. ServiceMonitors name no files: whoever writes
 * one could have the token sent anywhere.
 */
export const SIGNED_IN = "signed-in";

/**
 * Prometheus reads the metrics of a workload: by a ServiceMonitor, found and named by the label `k8s-app` of the workload's
 * Service, and by a flow at both ends. Nothing without monitoring.
 */
export class Metrics extends Construct {
  constructor(scope: Construct, id: string, { config, workload, endpoints }: MetricsProps) {
    super(scope, id);
    if (!config.services.monitoring.enabled || endpoints.length === 0) return;
    const { name } = workload;
    const open = endpoints.filter(({ signIn = false }) => !signIn);
    const signedIn = endpoints.filter(({ signIn = false }) => signIn);
    // A scrape class is that of a whole ServiceMonitor.
    this.addMonitor("service-monitor", name, workload, open);
    this.addMonitor(
      "signed-in-monitor",
      open.length === 0 ? name : `${name}-${SIGNED_IN}`,
      workload,
      signedIn,
      SIGNED_IN,
    );
    new Connections(this, "connections", { config, workload }).allowFrom(
      PLATFORM_PROMETHEUS,
      ...new Set(endpoints.map(({ number }) => number)),
    );
  }

  private addMonitor(
    id: string,
    name: string,
    workload: WorkloadReference,
    endpoints: readonly MetricsEndpoint[],
    scrapeClass?: string,
  ): void {
    if (endpoints.length === 0) return;
    const selector = { "k8s-app": workload.name };
    new ServiceMonitor(this, id, {
      metadata: { name, namespace: workload.namespace, labels: { ...ownerLabels, ...selector } },
      spec: {
        jobLabel: "k8s-app",
        selector: { matchLabels: selector },
        ...(scrapeClass !== undefined && { scrapeClass }),
        endpoints: endpoints.map(endpointSpec),
      },
    });
  }
}

function endpointSpec(endpoint: MetricsEndpoint) {
  const { port, path, scheme = "http", interval, honorLabels, honorTimestamps, parameters } = endpoint;
  return {
    port,
    ...(path !== undefined && { path }),
    ...(interval !== undefined && { interval }),
    ...(honorLabels !== undefined && { honorLabels }),
    ...(honorTimestamps !== undefined && { honorTimestamps }),
    ...(scheme === "https" && { scheme, tlsConfig: { insecureSkipVerify: true } }),
    ...(parameters !== undefined && { params: parameters }),
    ...(endpoint.relabelings !== undefined && { relabelings: endpoint.relabelings }),
    ...(endpoint.metricRelabelings !== undefined && { metricRelabelings: endpoint.metricRelabelings }),
  };
}
