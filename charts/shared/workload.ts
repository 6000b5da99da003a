import { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { Connections, type WorkloadReference } from "./connections.js";
import { checkDeviations, deviationAnnotations } from "./deviations.js";
import { ownerLabels } from "./labels.js";
import { Metrics, type MetricsEndpoint } from "./metrics.js";
import { volumesOf, type PodTemplateProps } from "./pod-template.js";
import { ServiceAccount, type Rights } from "./service-account.js";
import type { WorkloadKind } from "./workload-kind.js";
import { WorkloadPods } from "./workload-pods.js";
import { WorkloadServices, type NamedPort } from "./workload-services.js";

export interface WorkloadProps extends PodTemplateProps {
  readonly config: ClusterConfig;
  readonly namespace: string;
  /** Name of everything that belongs to it, and the label `k8s-app` by which it is selected. */
  readonly name: string;
  readonly kind: WorkloadKind;
  /** What it may ask of the Kubernetes API. @default - nothing: it gets no token */
  readonly rights?: Rights;
  /** Ports of its Service to ports of its containers by name. @default - no Service, but for its metrics */
  readonly service?: Readonly<Record<number, string>>;
  /** The same of UDP. @default - none */
  readonly udpService?: Readonly<Record<number, string>>;
  /** Address of its Service, where it is known before there is one. @default - any of the service network */
  readonly clusterIp?: string;
  /** What Prometheus reads of it. @default - nothing */
  readonly metrics?: readonly MetricsEndpoint[];
}

/**
 * A program of the platform on the cluster, with what each of them has: labels, limits, a locked down security context,
 * probes, spread, a disruption budget, an account of its own, network policies and metrics. What deviates says why.
 */
export class Workload extends Construct implements WorkloadReference {
  readonly namespace: string;
  readonly name: string;
  readonly onHostNetwork: boolean;
  /** Who it reaches and who reaches it; nobody else does. */
  readonly connections: Connections;

  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    const { config, namespace, name, kind, rights, service = {}, metrics = [], deviations = {} } = props;
    checkDeviations({
      name,
      deviations,
      containers: props.containers,
      initContainers: props.initContainers ?? [],
      volumes: volumesOf(props),
      runsForever: kind.type !== "CronJob",
    });
    this.namespace = namespace;
    this.name = name;
    this.onHostNetwork = deviations["no-host-network"] !== undefined;
    this.connections = new Connections(this, "connections", { config, workload: this });

    const ports = portsOf(props);
    const endpoints = metrics.map((endpoint) => ({ ...endpoint, number: numberOf(endpoint.port, ports, name) }));
    const annotations = deviationAnnotations(deviations);
    const selector = { "k8s-app": name };
    new WorkloadPods(this, "pods", {
      kind,
      selector,
      metadata: {
        name,
        namespace,
        labels: { ...ownerLabels, ...selector },
        ...(Object.keys(annotations).length > 0 && { annotations }),
      },
      account: new ServiceAccount(this, "account", { namespace, name, ...(rights !== undefined && { rights }) }),
      template: props,
    });
    new WorkloadServices(this, "services", {
      workload: this,
      service,
      ...(props.udpService !== undefined && { udpService: props.udpService }),
      ...(props.clusterIp !== undefined && { clusterIp: props.clusterIp }),
      metricsPorts: endpoints.map(({ port, number }) => ({ name: port, number })),
      ...(kind.type === "StatefulSet" && { peerPorts: ports }),
    });
    new Metrics(this, "metrics", { config, workload: this, endpoints });
  }
}

function portsOf({ containers }: PodTemplateProps): readonly NamedPort[] {
  return containers.flatMap(({ ports = {} }) => Object.entries(ports).map(([name, number]) => ({ name, number })));
}

function numberOf(port: string, ports: readonly NamedPort[], workload: string): number {
  const found = ports.find(({ name }) => name === port);
  if (found === undefined) throw new Error(`${workload} has no port ${port}`);
  return found.number;
}
