import { k8s } from "cdk8s-plus-27";
import { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { apiServers, nodeNetworks, nodeSources, type NetworkPeer } from "../../src/config/network-peers.js";
import { ownerLabels } from "./labels.js";

/** A workload as others know it, in whichever chart it stands. */
export interface WorkloadReference {
  readonly namespace: string;
  readonly name: string;
}

export interface ConnectionsProps extends WorkloadReference {
  readonly config: ClusterConfig;
}

/** Label of a namespace that Kubernetes sets itself. */
const NAMESPACE_LABEL = "kubernetes.io/metadata.name";

/**
 * Who a workload of the platform reaches and who reaches it. Namespaces are closed by default, both ways: a flow between two
 * workloads needs a policy at each, and both are made here.
 */
export class Connections extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ConnectionsProps,
  ) {
    super(scope, id);
  }

  /** @param port of the other's containers, not of its Service */
  allowTo(other: WorkloadReference, port: number): void {
    const { namespace, name } = this.props;
    this.addPolicy(this.props, `to-${other.name}`, { egress: [{ to: [peerOf(other)], ports: [tcp(port)] }] });
    this.addPolicy(other, `from-${name}`, { ingress: [{ from: [peerOf({ namespace, name })], ports: [tcp(port)] }] });
  }

  allowToApiServer(): void {
    this.addPolicy(this.props, "to-api-server", { egress: apiServers(this.props.config).map(egressTo) });
  }

  /** To what nodes serve themselves: kubelets, exporters on the host's network. */
  allowToNodes(port: number): void {
    const cidrs = nodeNetworks(this.props.config);
    this.addPolicy(this.props, `to-nodes-${port}`, { egress: [egressTo({ cidrs, port })] });
  }

  /** From the API server, which asks webhooks and aggregated APIs, and from kubelets. */
  allowFromNodes(port: number): void {
    const from = nodeSources(this.props.config).map(block);
    this.addPolicy(this.props, `from-nodes-${port}`, { ingress: [{ from, ports: [tcp(port)] }] });
  }

  private addPolicy(
    { namespace, name }: WorkloadReference,
    suffix: string,
    rules: Pick<k8s.NetworkPolicySpec, "ingress" | "egress">,
  ): void {
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

function peerOf({ namespace, name }: WorkloadReference): k8s.NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: namespace } },
    podSelector: { matchLabels: { "k8s-app": name } },
  };
}

function egressTo({ cidrs, port }: NetworkPeer): k8s.NetworkPolicyEgressRule {
  return { to: cidrs.map(block), ports: [tcp(port)] };
}

function block(cidr: string): k8s.NetworkPolicyPeer {
  return { ipBlock: { cidr } };
}

function tcp(port: number): k8s.NetworkPolicyPort {
  return { protocol: "TCP", port: k8s.IntOrString.fromNumber(port) };
}
