import type { NodeRole, OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { Cidr } from "../../src/lib/cidr.js";
import { nodeRoles } from "../../src/openstack/flows.js";
import type { Packet } from "./packets.js";

export const client = "198.51.100.7";
export const operator = "198.51.100.250";
export const stranger = "192.0.2.1";
/** A node that goes out to a floating IP comes back with the router's address, in no group. */
export const snat = "203.0.113.5";

/** Where a node of a role may stand, and an amphora, which is in no group of ours. */
export const nodeAddress = (config: OpenStackClusterConfig, role: NodeRole) =>
  Cidr.parse(config.network.nodeCidr).at({ etcd: 16, controller: 32, worker: 77 }[role]);
export const balancerAddress = (config: OpenStackClusterConfig) => Cidr.parse(config.network.nodeCidr).at(200);

function sendersOf(config: OpenStackClusterConfig): readonly Pick<Packet, "role" | "address">[] {
  const { network } = config;
  const allowed = [...network.apiAllowedCidrs, ...network.sshAllowedCidrs, ...network.ingressAllowedCidrs];
  const outside = [client, operator, stranger, snat, Cidr.parse(network.podCidr).at(260), balancerAddress(config)];
  return [
    ...nodeRoles(config).map((role) => ({ role, address: nodeAddress(config, role) })),
    ...[...outside, ...allowed.map((cidr) => Cidr.parse(cidr).at(-1))].map((address) => ({ address })),
  ];
}

/** Every port that a flow names, those beside it, and some that none does. */
const ports = [
  22, 53, 80, 111, 179, 443, 2378, 2379, 2380, 2381, 2382, 4789, 5473, 6442, 6443, 6444, 8472, 9091, 9100, 10248, 10249,
  10250, 10251, 10255, 10256, 10257, 10258, 10259, 10260, 29999, 30000, 30080, 30443, 31234, 32767, 32768, 65535,
];

/** Every kind of sender to every role, on every port of interest. */
export function packetsOf(config: OpenStackClusterConfig): readonly Packet[] {
  return nodeRoles(config).flatMap((to) =>
    sendersOf(config).flatMap((sender): Packet[] => [
      { ...sender, to, protocol: "icmp" },
      ...(["tcp", "udp"] as const).flatMap((protocol) => ports.map((port) => ({ ...sender, to, protocol, port }))),
    ]),
  );
}
