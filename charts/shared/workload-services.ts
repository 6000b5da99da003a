import { k8s } from "cdk8s-plus-27";
import { Construct } from "constructs";
import type { WorkloadReference } from "./connections.js";
import { ownerLabels } from "./labels.js";

/** A port of a workload's containers. */
export interface NamedPort {
  readonly name: string;
  readonly number: number;
  /** @default TCP */
  readonly protocol?: "UDP";
}

export interface WorkloadServicesProps {
  readonly workload: WorkloadReference;
  /** Ports of its Service to ports of its containers by name. */
  readonly service: Readonly<Record<number, string>>;
  /** The same of UDP. @default - none */
  readonly udpService?: Readonly<Record<number, string>>;
  /** Address of its Service. @default - any of the service network */
  readonly clusterIp?: string;
  /** Ports that only Prometheus asks. */
  readonly metricsPorts: readonly NamedPort[];
  /** Ports by which its pods know each other by name. @default - they do not */
  readonly peerPorts?: readonly NamedPort[];
}

/** The Service by which pods of a StatefulSet have names of their own. */
export function peersServiceName(workload: string): string {
  return `${workload}-peers`;
}

/** The addresses of a workload within the cluster. */
export class WorkloadServices extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkloadServicesProps,
  ) {
    super(scope, id);
    const { workload, service, udpService = {}, clusterIp, metricsPorts, peerPorts } = props;
    const served: readonly NamedPort[] = [
      ...portsOf(udpService).map((port) => ({ ...port, protocol: "UDP" as const })),
      ...portsOf(service),
    ];
    const watched = metricsPorts.filter(({ name }) => !served.some((port) => port.name === name));
    const labels = { ...ownerLabels, "k8s-app": workload.name };
    if (served.length + watched.length > 0) {
      // Each pod is asked for itself where nobody asks but Prometheus.
      const spec = served.length === 0 ? { clusterIp: "None" } : { ...(clusterIp !== undefined && { clusterIp }) };
      this.addService(workload.name, [...served, ...watched], labels, spec);
    }
    if (peerPorts !== undefined) {
      // Peers find each other before they are ready. Without the label no ServiceMonitor finds it.
      const spec = { clusterIp: "None", publishNotReadyAddresses: true };
      this.addService(peersServiceName(workload.name), peerPorts, ownerLabels, spec);
    }
  }

  private addService(
    name: string,
    ports: readonly NamedPort[],
    labels: Readonly<Record<string, string>>,
    spec: k8s.ServiceSpec,
  ): void {
    const { workload } = this.props;
    new k8s.KubeService(this, name, {
      metadata: { name, namespace: workload.namespace, labels: { ...labels } },
      spec: {
        ...spec,
        selector: { "k8s-app": workload.name },
        ports: ports.map((port) => ({
          name: port.name,
          port: port.number,
          ...(port.protocol !== undefined && { protocol: port.protocol }),
          targetPort: k8s.IntOrString.fromString(port.name),
        })),
      },
    });
  }
}

function portsOf(service: Readonly<Record<number, string>>): readonly NamedPort[] {
  return Object.entries(service).map(([number, name]) => ({ name, number: Number(number) }));
}
