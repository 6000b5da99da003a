import type { NodeRole, OpenStackClusterConfig } from "../config/cluster-config.js";
import { API_PORT } from "../config/host-names.js";

/** Who sends: nodes of a role, known by the security group of their port, or addresses. */
export type Sender = { readonly role: NodeRole } | { readonly cidr: string };

/** One kind of traffic that the cluster needs. What no flow declares is refused. */
export interface Flow {
  /** Stable: it is part of the addresses of the rules in Terraform's state. */
  readonly name: string;
  readonly purpose: string;
  readonly from: readonly Sender[];
  readonly to: NodeRole;
  readonly protocol: "tcp" | "udp" | "icmp";
  /** First and last port; none for icmp. */
  readonly ports?: readonly [number, number];
}

const NODE_PORTS = [30000, 32767] as const;
/** NodePorts of the ingress controller when it stands behind a virtual IP: http, https. */
const INGRESS_NODE_PORTS = { http: 30080, https: 30443 } as const;

const KUBERNETES_ROLES = ["controller", "worker"] as const;
const roles = (...names: readonly NodeRole[]): readonly Sender[] => names.map((role) => ({ role }));
const cidrs = (values: readonly string[]): readonly Sender[] => values.map((cidr) => ({ cidr }));
const port = (number: number) => [number, number] as const;

/** Every flow into the cluster's nodes: the one source of the security group rules. */
export function clusterFlows(config: OpenStackClusterConfig): readonly Flow[] {
  return [
    ...etcdFlows(config),
    ...controlPlaneFlows(config),
    ...nodeFlows(config),
    ...ingressFlows(config),
    ...accessFlows(config),
  ].filter((flow) => flow.from.length > 0);
}

function etcdFlows(config: OpenStackClusterConfig): Flow[] {
  const to: NodeRole = config.etcd.stacked ? "controller" : "etcd";
  const clients = config.etcd.stacked ? roles("controller") : roles("controller", "etcd");
  const tcp = { to, protocol: "tcp" } as const;
  return [
    { name: "etcd-client", purpose: "etcd clients", ...tcp, from: clients, ports: port(2379) },
    { name: "etcd-peer", purpose: "etcd members among themselves", ...tcp, from: roles(to), ports: port(2380) },
    { name: "etcd-metrics", purpose: "Prometheus to etcd", ...tcp, from: roles("worker"), ports: port(2381) },
  ];
}

function controlPlaneFlows(config: OpenStackClusterConfig): Flow[] {
  const { network, provider } = config;
  const tcp = { to: "controller", protocol: "tcp" } as const;
  return [
    {
      name: "api",
      purpose: "nodes to the Kubernetes API",
      ...tcp,
      from: roles(...KUBERNETES_ROLES),
      ports: port(API_PORT),
    },
    // A balancer's own ports are in no group of ours: its traffic is known by the node network only.
    ...(provider.api.topology === "octavia"
      ? [
          {
            name: "api-balancer",
            purpose: "load balancer to the Kubernetes API",
            ...tcp,
            from: cidrs([network.nodeCidr]),
            ports: port(API_PORT),
          },
        ]
      : []),
    // Amphorae check the clients' addresses at the listener and show their own to the members.
    ...(seesClientAddresses(config)
      ? [
          {
            name: "api-clients",
            purpose: "users to the Kubernetes API",
            ...tcp,
            from: cidrs(network.apiAllowedCidrs),
            ports: port(API_PORT),
          },
        ]
      : []),
    {
      name: "controller-manager-metrics",
      purpose: "Prometheus to the controller manager",
      ...tcp,
      from: roles("worker"),
      ports: port(10257),
    },
    {
      name: "scheduler-metrics",
      purpose: "Prometheus to the scheduler",
      ...tcp,
      from: roles("worker"),
      ports: port(10259),
    },
    {
      name: "cloud-controller-metrics",
      purpose: "Prometheus to the cloud controller manager",
      ...tcp,
      from: roles("worker"),
      ports: port(10258),
    },
  ];
}

/** Whether a member of the API's balancer, if there is one, sees the address of the client itself. */
function seesClientAddresses({ provider: { api } }: OpenStackClusterConfig): boolean {
  switch (api.topology) {
    case "floating-ips":
    case "virtual-ip":
      return true;
    case "octavia":
      return api.provider === "ovn";
  }
}

function nodeFlows(config: OpenStackClusterConfig): Flow[] {
  const overlayPort = config.network.cni === "calico" ? 4789 : 8472;
  const from = roles(...KUBERNETES_ROLES);
  return KUBERNETES_ROLES.flatMap((to): Flow[] => [
    {
      name: "kubelet",
      purpose: "API server and metrics to the kubelet",
      to,
      from,
      protocol: "tcp",
      ports: port(10250),
    },
    { name: "overlay", purpose: "pod network (VXLAN)", to, from, protocol: "udp", ports: port(overlayPort) },
    ...(config.network.cni === "flannel"
      ? []
      : ([
          { name: "typha", purpose: "Calico's nodes to Typha", to, from, protocol: "tcp", ports: port(5473) },
          {
            name: "felix-metrics",
            purpose: "Prometheus to Calico's nodes",
            to,
            from: roles("worker"),
            protocol: "tcp",
            ports: port(9091),
          },
        ] as const)),
    {
      name: "node-metrics",
      purpose: "Prometheus to node-exporter",
      to,
      from: roles("worker"),
      protocol: "tcp",
      ports: port(9100),
    },
    {
      name: "proxy-metrics",
      purpose: "Prometheus to kube-proxy",
      to,
      from: roles("worker"),
      protocol: "tcp",
      ports: port(10249),
    },
  ]);
}

function ingressFlows(config: OpenStackClusterConfig): Flow[] {
  const { network, provider } = config;
  const to = "worker" as const;
  const flows: Flow[] = (["tcp", "udp"] as const).map((protocol) => ({
    name: `node-ports-${protocol}`,
    purpose: "NodePorts, from the nodes and the load balancers on their network",
    to,
    from: cidrs([network.nodeCidr]),
    protocol,
    ports: NODE_PORTS,
  }));
  if (provider.ingress === "virtual-ip" && config.services.ingress.enabled) {
    for (const [scheme, nodePort] of Object.entries(INGRESS_NODE_PORTS)) {
      flows.push({
        name: `ingress-clients-${scheme}`,
        purpose: `users to the ingress controller by ${scheme}`,
        to,
        from: cidrs(network.ingressAllowedCidrs),
        protocol: "tcp",
        ports: port(nodePort),
      });
    }
  }
  if (provider.api.topology === "octavia" && provider.api.provider === "ovn") {
    flows.push({
      name: "ingress-clients",
      purpose: "users through OVN load balancers, which keep the client's address",
      to,
      from: cidrs(network.ingressAllowedCidrs),
      protocol: "tcp",
      ports: NODE_PORTS,
    });
  }
  return flows;
}

function accessFlows(config: OpenStackClusterConfig): Flow[] {
  return nodeRoles(config).flatMap((to): Flow[] => [
    {
      name: "icmp",
      purpose: "path MTU discovery and reachability within the node network",
      to,
      from: cidrs([config.network.nodeCidr]),
      protocol: "icmp",
    },
    {
      name: "ssh",
      purpose: "operators",
      to,
      from: cidrs(config.network.sshAllowedCidrs),
      protocol: "tcp",
      ports: port(22),
    },
  ]);
}

/** The roles that have servers of their own. */
export function nodeRoles(config: OpenStackClusterConfig): readonly NodeRole[] {
  return config.etcd.stacked ? KUBERNETES_ROLES : ["etcd", ...KUBERNETES_ROLES];
}
