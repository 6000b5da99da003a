import type { EksClusterConfig } from "../../../src/config/cluster-config.js";
import { groupsOf, type Group } from "../../../src/eks/flows.js";
import { subnetPlan } from "../../../src/eks/subnet-plan.js";
import { Cidr } from "../../../src/lib/cidr.js";
import type { Packet, Place } from "./packets.js";

/** Addresses that are documented as nobody's. */
export const user: Place = { address: "198.51.100.7" };
export const stranger: Place = { address: "192.0.2.1" };
export const s3: Place = { address: "203.0.113.10", service: "s3" };
export const dynamodb: Place = { address: "203.0.113.20", service: "dynamodb" };

/** A member of a group, in the subnet where Amazon or Terraform puts it. */
export function member({ provider }: EksClusterConfig, group: Group): Place {
  const [zone] = subnetPlan(provider.vpcCidr, provider.availabilityZones);
  if (zone === undefined) throw new Error("a cluster has zones");
  const hosts = { "control-plane": 10, workers: 40, "load-balancers": 5, endpoints: 12 };
  const subnet = group === "load-balancers" ? zone.publicCidr : zone.privateCidr;
  return { group, address: Cidr.parse(subnet).at(hosts[group]) };
}

/** An interface in the VPC that is in no group of the cluster. */
export function bystander({ provider }: EksClusterConfig): Place {
  return { address: Cidr.parse(provider.vpcCidr).at(-6) };
}

function placesOf(config: EksClusterConfig): readonly Place[] {
  const ranges = [...config.network.ingressAllowedCidrs, ...config.provider.endpoint.connectedCidrs];
  const edges = ranges.flatMap((cidr) => [0, -1].map((host) => Cidr.parse(cidr).at(host)));
  return [
    ...groupsOf(config).map((group) => member(config, group)),
    ...[bystander(config), user, stranger, s3, dynamodb],
    ...edges.map((address) => ({ address })),
  ];
}

/** Every port that a flow names, those beside it, and some that none does. */
const PORTS = [
  22, 53, 79, 80, 81, 123, 179, 442, 443, 444, 2049, 2379, 4443, 6443, 8080, 8442, 8443, 8444, 9100, 9442, 9443, 9444,
  10249, 10250, 10251, 10256, 15017, 29999, 30000, 31234, 32767, 32768, 65535,
];

/** From every place to every other of which one at least is the cluster's, on every port of interest. */
export function packetsOf(config: EksClusterConfig): readonly Packet[] {
  const places = placesOf(config);
  return places.flatMap((from) =>
    places
      .filter((to) => from.group !== undefined || to.group !== undefined)
      .flatMap((to): Packet[] => [
        { from, to, protocol: "icmp" },
        ...(["tcp", "udp"] as const).flatMap((protocol) => PORTS.map((port) => ({ from, to, protocol, port }))),
      ]),
  );
}
