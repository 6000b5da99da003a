import { k8s } from "cdk8s-plus-27";
import { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { apiServers, nodeNetworks, nodeSources } from "../../src/config/network-peers.js";
import { customerMonitoredNamespaces, ownerLabels } from "./labels.js";

/** A workload as others know it, in whichever chart it stands. */
export interface WorkloadReference {
  readonly namespace: string;
  readonly name: string;
  /** Whether it is on its node's network: policies know it by the nodes' addresses then, and bind it to nothing. @default false */
  readonly onHostNetwork?: boolean;
}

export interface ConnectionsProps {
  readonly config: ClusterConfig;
  readonly workload: WorkloadReference;
}

/** Label of a namespace that Kubernetes sets itself. */
const NAMESPACE_LABEL = "kubernetes.io/metadata.name";
const ANYWHERE = "0.0.0.0/0";
/** Source: docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html */
const POD_IDENTITY_AGENT = "169.254.170.23/32";
const HTTP = 80;
const HTTPS = 443;

type Port = number | { readonly udp: number };
type Rules = Pick<k8s.NetworkPolicySpec, "ingress" | "egress">;

/**
 * Who a workload of the platform reaches and who reaches it. Namespaces are closed by default, both ways: a flow between two
 * workloads needs a policy at each, and both are made here.
 */
export class Connections extends Construct {
  private readonly workload: WorkloadReference;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ConnectionsProps,
  ) {
    super(scope, id);
    this.workload = props.workload;
  }

  /** @param ports of the other's containers, not of its Service */
  allowTo(other: WorkloadReference, ...ports: readonly Port[]): void {
    this.connect(this.workload, other, ports);
  }

  /** @param ports of this workload's containers */
  allowFrom(other: WorkloadReference, ...ports: readonly Port[]): void {
    this.connect(other, this.workload, ports);
  }

  /** Among its own pods. */
  allowAmongItself(...ports: readonly Port[]): void {
    this.connect(this.workload, this.workload, ports);
  }

  allowToApiServer(): void {
    const egress = apiServers(this.props.config).map(({ cidrs, port }) => ({
      to: cidrs.map(block),
      ports: [portOf(port)],
    }));
    this.addPolicy(this.workload, "to-api-server", { egress });
  }

  /** To what nodes serve themselves: kubelets, exporters on the host's network. */
  allowToNodes(port: number): void {
    const to = nodeNetworks(this.props.config).map(block);
    this.addPolicy(this.workload, `to-nodes-${port}`, { egress: [{ to, ports: [portOf(port)] }] });
  }

  /**
   * To networks that stand for nobody in the cluster.
   *
   * @param name of who is there, for the policy's own name
   * @param ports none: every port of TCP
   */
  allowToNetworks(name: string, cidrs: readonly string[], ...ports: readonly Port[]): void {
    const policyPorts = ports.length === 0 ? [{ protocol: "TCP" }] : ports.map(portOf);
    this.addPolicy(this.workload, `to-${name}`, { egress: [{ to: cidrs.map(block), ports: policyPorts }] });
  }

  /**
   * To whoever serves such a port: APIs of the cloud, receivers of alerts, whose addresses nobody knows beforehand.
   *
   * @param ports none: every port of TCP, for a cloud that chose its own
   */
  allowToAnywhere(name: string, ...ports: readonly Port[]): void {
    this.allowToNetworks(name, [ANYWHERE], ...ports);
  }

  /** To the agent on its own node that gives a pod of EKS the credentials of its role, and to the APIs that these are for. */
  allowToAws(): void {
    this.allowToNetworks("pod-identity-agent", [POD_IDENTITY_AGENT], HTTP);
    this.allowToAnywhere("aws", HTTPS);
  }

  /** To the pods of users that want to be watched, on every port: nobody knows theirs beforehand. */
  allowToCustomerMonitoredPods(): void {
    const { matchLabels, matchExpressions } = customerMonitoredNamespaces;
    const namespaceSelector = { matchLabels, matchExpressions: [...matchExpressions] };
    this.addPolicy(this.workload, "to-monitored-pods", { egress: [{ to: [{ namespaceSelector }] }] });
  }

  /** From the API server, which asks webhooks and aggregated APIs, and from kubelets. */
  allowFromNodes(port: number): void {
    const from = nodeSources(this.props.config).map(block);
    this.addPolicy(this.workload, `from-nodes-${port}`, { ingress: [{ from, ports: [portOf(port)] }] });
  }

  /** From whoever reaches it at all: its Service, and what the cloud lets through, say who that is. */
  allowFromAnywhere(...ports: readonly Port[]): void {
    this.addPolicy(this.workload, "from-anywhere", {
      ingress: [{ from: [block(ANYWHERE)], ports: ports.map(portOf) }],
    });
  }

  private connect(from: WorkloadReference, to: WorkloadReference, ports: readonly Port[]): void {
    const policyPorts = ports.map(portOf);
    this.addPolicy(from, `to-${to.name}`, { egress: [{ to: this.peersOf(to), ports: policyPorts }] });
    this.addPolicy(to, `from-${from.name}`, { ingress: [{ from: this.peersOf(from), ports: policyPorts }] });
  }

  private peersOf({ namespace, name, onHostNetwork = false }: WorkloadReference): k8s.NetworkPolicyPeer[] {
    if (onHostNetwork) return nodeSources(this.props.config).map(block);
    return [
      {
        namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: namespace } },
        podSelector: { matchLabels: { "k8s-app": name } },
      },
    ];
  }

  private addPolicy({ namespace, name, onHostNetwork = false }: WorkloadReference, suffix: string, rules: Rules): void {
    if (onHostNetwork) return;
    const policyName = `${name}-${suffix}`;
    new k8s.KubeNetworkPolicy(this, policyName, {
      metadata: { name: policyName, namespace, labels: ownerLabels },
      spec: {
        podSelector: { matchLabels: { "k8s-app": name } },
        policyTypes: [rules.ingress === undefined ? "Egress" : "Ingress"],
        ...rules,
      },
    });
  }
}

function block(cidr: string): k8s.NetworkPolicyPeer {
  return { ipBlock: { cidr } };
}

function portOf(port: Port): k8s.NetworkPolicyPort {
  return typeof port === "number"
    ? { protocol: "TCP", port: k8s.IntOrString.fromNumber(port) }
    : { protocol: "UDP", port: k8s.IntOrString.fromNumber(port.udp) };
}
