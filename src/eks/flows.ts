import type { EksClusterConfig } from "../config/cluster-config.js";

/** What has a security group of its own. */
export type Group = "control-plane" | "workers" | "load-balancers" | "endpoints";

/** Services that a gateway endpoint leads to: it costs nothing, and their traffic would else go through NAT. */
export const GATEWAY_SERVICES = ["s3", "dynamodb"] as const;
export type GatewayService = (typeof GATEWAY_SERVICES)[number];

/** An end of a flow: members of a group, addresses, or the addresses of a service behind a gateway endpoint. */
export type End = { readonly group: Group } | { readonly cidr: string } | { readonly gateway: GatewayService };

/** One kind of traffic that the cluster needs. What no flow declares is refused, in and out. */
export interface Flow {
  /** Stable: it is part of the addresses of the rules in Terraform's state. */
  readonly name: string;
  readonly purpose: string;
  readonly from: readonly End[];
  readonly to: readonly End[];
  readonly protocol: "tcp" | "udp" | "all";
  /** First and last port; none for all protocols. */
  readonly ports?: readonly [number, number];
}

const NODE_PORTS = [30000, 32767] as const;
const port = (number: number) => [number, number] as const;
const group = (name: Group): readonly End[] => [{ group: name }];
const addresses = (cidrs: readonly string[]): readonly End[] => cidrs.map((cidr) => ({ cidr }));

/** Every flow of the cluster: the one source of the rules of its security groups. */
export function clusterFlows(config: EksClusterConfig): readonly Flow[] {
  return [...controlPlaneFlows(config), ...workerFlows(config), ...ingressFlows(config)].filter(
    ({ from }) => from.length > 0,
  );
}

/** The groups that a cluster has. */
export function groupsOf({ provider }: EksClusterConfig): readonly Group[] {
  return ["control-plane", "workers", "load-balancers", ...(provider.nat === "none" ? (["endpoints"] as const) : [])];
}

function controlPlaneFlows({ provider }: EksClusterConfig): Flow[] {
  const toWorkers = { from: group("control-plane"), to: group("workers"), protocol: "tcp" } as const;
  return [
    {
      name: "api",
      purpose: "nodes and pods to the Kubernetes API",
      from: group("workers"),
      to: group("control-plane"),
      protocol: "tcp",
      ports: port(443),
    },
    {
      name: "api-clients",
      purpose: "connected networks to the Kubernetes API",
      from: addresses(provider.endpoint.connectedCidrs),
      to: group("control-plane"),
      protocol: "tcp",
      ports: port(443),
    },
    // Pods that serve on the kubelet's port are reached by the same rule: metrics-server, cert-manager's webhook.
    { name: "kubelet", purpose: "API server to the kubelet", ...toWorkers, ports: port(10250) },
    // Amazon's API servers reach a pod by its own address, not through a node's proxy.
    { name: "webhooks", purpose: "API server to webhooks in pods", ...toWorkers, ports: port(9443) },
    { name: "webhooks-https", purpose: "API server to webhooks in pods", ...toWorkers, ports: port(8443) },
  ];
}

function workerFlows({ provider }: EksClusterConfig): Flow[] {
  const from = group("workers");
  const flows: Flow[] = [
    // Pods have addresses of the VPC: who may reach whom among them is for NetworkPolicies to say.
    { name: "pods", purpose: "nodes and pods among themselves", from, to: from, protocol: "all" },
  ];
  if (provider.nat !== "none") {
    return [
      ...flows,
      { name: "internet", purpose: "nodes and pods to anywhere", from, to: addresses(["0.0.0.0/0"]), protocol: "all" },
    ];
  }
  const https = { from, protocol: "tcp", ports: port(443) } as const;
  return [
    ...flows,
    { name: "vpc", purpose: "nodes and pods within the VPC", from, to: addresses([provider.vpcCidr]), protocol: "all" },
    {
      name: "gateways",
      purpose: "nodes and pods to S3 and DynamoDB",
      ...https,
      to: GATEWAY_SERVICES.map((gateway) => ({ gateway })),
    },
    { name: "aws", purpose: "nodes and pods to AWS", ...https, to: group("endpoints") },
  ];
}

function ingressFlows({ network, services }: EksClusterConfig): Flow[] {
  const tcp = { protocol: "tcp", from: addresses(network.ingressAllowedCidrs), to: group("load-balancers") } as const;
  return [
    ...(services.ingress.enabled
      ? ([
          { name: "http", purpose: "users to the ingress by http", ...tcp, ports: port(80) },
          { name: "https", purpose: "users to the ingress by https", ...tcp, ports: port(443) },
        ] satisfies Flow[])
      : []),
    {
      name: "node-ports",
      purpose: "load balancers to NodePorts and their health checks",
      from: group("load-balancers"),
      to: group("workers"),
      protocol: "tcp",
      ports: NODE_PORTS,
    },
  ];
}
