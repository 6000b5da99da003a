import { Cidr } from "../../lib/cidr.js";
import { RESERVED_ADDRESSES } from "../address-plan.js";
import { formatPath, type Diagnostic, type Path } from "../diagnostics.js";
import type { EksSections, OpenStackSections } from "../schema/bootstrap.js";
import { controllerSet } from "./node-sets.js";
import type { CommonRule, OpenStackRule } from "./rule.js";
import { totalSize, workerGroups } from "./worker-groups.js";

/** A network of the cluster and the sizes that it may have, by the length of its prefix. */
interface ClusterNetwork {
  readonly path: Path;
  readonly cidr: Cidr;
  readonly largest: number;
  readonly smallest: number;
}

/** The API server takes no more than 20 bits; a /24 has services to spare for the managed ones. */
const SERVICES = { largest: 12, smallest: 24 };
/** The controller manager takes a network at most 16 bits larger than a node's share of it, a /24. */
const PODS = { largest: 8, smallest: 24 };
/** One network of OpenStack. The smallest is decided by the number of nodes, below. */
const NODES = { largest: 16, smallest: 32 };
/** Amazon's largest; in the smallest a zone's public subnet, a sixty-fourth, is Amazon's smallest, a /28. */
export const VPC = { largest: 16, smallest: 22 };

function isOpenStack(
  sections: Partial<OpenStackSections> | Partial<EksSections>,
): sections is Partial<OpenStackSections> {
  return sections.network !== undefined && "nodeCidr" in sections.network;
}

function clusterNetworks(sections: Partial<OpenStackSections> | Partial<EksSections>): readonly ClusterNetwork[] {
  const { network, provider } = sections;
  const networks: ClusterNetwork[] = [];
  if (provider?.type === "eks") {
    networks.push({ path: ["provider", "vpcCidr"], cidr: Cidr.parse(provider.vpcCidr), ...VPC });
  }
  if (isOpenStack(sections) && sections.network !== undefined) {
    const { nodeCidr, podCidr } = sections.network;
    networks.push({ path: ["network", "nodeCidr"], cidr: Cidr.parse(nodeCidr), ...NODES });
    networks.push({ path: ["network", "podCidr"], cidr: Cidr.parse(podCidr), ...PODS });
  }
  if (network !== undefined) {
    networks.push({ path: ["network", "serviceCidr"], cidr: Cidr.parse(network.serviceCidr), ...SERVICES });
  }
  return networks;
}

export function isWellSized({ cidr, largest, smallest }: Omit<ClusterNetwork, "path">): boolean {
  return cidr.prefix >= largest && cidr.prefix <= smallest;
}

export const networksAreWellSized: CommonRule = (sections) =>
  clusterNetworks(sections)
    .filter((network) => !isWellSized(network))
    .map(({ path, cidr, largest, smallest }) => ({
      path,
      value: cidr.toString(),
      problem: cidr.prefix < largest ? "is too large" : "is too small",
      expected: smallest === 32 ? `a network of at most /${largest}` : `a network from /${largest} to /${smallest}`,
      remedy: `write a /${cidr.prefix < largest ? largest : smallest} or ${cidr.prefix < largest ? "smaller" : "larger"}`,
    }));

/** Ranges that no router forwards: a host keeps them to itself or to its link. */
const SPECIAL_RANGES = [
  { cidr: Cidr.parse("0.0.0.0/8"), use: "addresses of this host" },
  { cidr: Cidr.parse("127.0.0.0/8"), use: "loopback addresses" },
  { cidr: Cidr.parse("169.254.0.0/16"), use: "link-local addresses and the metadata service" },
  { cidr: Cidr.parse("224.0.0.0/4"), use: "multicast addresses" },
  { cidr: Cidr.parse("240.0.0.0/4"), use: "reserved addresses" },
];

export const networksAreRoutable: CommonRule = (sections) =>
  clusterNetworks(sections)
    .filter(isWellSized)
    .flatMap(({ path, cidr }) => {
      const range = SPECIAL_RANGES.find((special) => special.cidr.overlaps(cidr));
      if (range === undefined) return [];
      const diagnostic: Diagnostic = {
        path,
        value: cidr.toString(),
        problem: `overlaps ${range.cidr.toString()}, ${range.use}`,
        expected: "a network of private or public unicast addresses",
        remedy: "take one of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
      };
      return [diagnostic];
    });

export const networksAreApart: CommonRule = (sections) => {
  const networks = clusterNetworks(sections).filter(isWellSized);
  return networks.flatMap(({ path, cidr }, index) => {
    const other = networks.slice(0, index).find((earlier) => earlier.cidr.overlaps(cidr));
    if (other === undefined) return [];
    const diagnostic: Diagnostic = {
      path,
      value: cidr.toString(),
      problem: `overlaps ${formatPath(other.path)}, ${other.cidr.toString()}`,
      expected: "networks that share no address",
      remedy: "move one of the two",
    };
    return [diagnostic];
  });
};

/** Addresses of the allocation pool for the balancers of users' services. */
const BALANCER_ADDRESSES = 16;
const BROADCAST_ADDRESS = 1;

/** Length of the longest prefix that still has `addresses`. */
export function prefixFor(addresses: number): number {
  return 32 - Math.ceil(Math.log2(addresses));
}

export const nodeNetworkHoldsTheNodes: OpenStackRule = (sections) => {
  const groups = workerGroups(sections);
  if (groups === undefined || sections.network === undefined) return [];
  const { nodeCidr } = sections.network;
  const workers = totalSize(groups);
  const needed = RESERVED_ADDRESSES + workers + groups.length + BALANCER_ADDRESSES + BROADCAST_ADDRESS;
  if (Cidr.parse(nodeCidr).size >= needed) return [];
  return [
    {
      path: ["network", "nodeCidr"],
      value: nodeCidr,
      problem: `is too small: ${Cidr.parse(nodeCidr).size} addresses`,
      expected:
        `at least ${needed} addresses: ${RESERVED_ADDRESSES} fixed ones, ${workers} workers, ` +
        `a spare one a pool, ${BALANCER_ADDRESSES} for balancers and the broadcast address`,
      remedy: `write a /${prefixFor(needed)} or larger; it cannot grow later`,
    },
  ];
};

const POD_SHARE_PREFIX = 24;

export const podNetworkHoldsTheNodes: OpenStackRule = (sections) => {
  const groups = workerGroups(sections);
  const controllers = controllerSet(sections);
  if (groups === undefined || controllers === undefined || sections.network === undefined) return [];
  const { podCidr } = sections.network;
  const { prefix } = Cidr.parse(podCidr);
  const needed = controllers.size + 1 + totalSize(groups) + groups.length;
  const shares = 2 ** (POD_SHARE_PREFIX - prefix);
  if (prefix > POD_SHARE_PREFIX || shares >= needed) return [];
  return [
    {
      path: ["network", "podCidr"],
      value: podCidr,
      problem: `is too small: it has a /${POD_SHARE_PREFIX} for ${shares} ${shares === 1 ? "node" : "nodes"}`,
      expected: `room for ${needed} nodes: the controllers, the workers, and a spare one of each pool`,
      remedy: `write a /${POD_SHARE_PREFIX - Math.ceil(Math.log2(needed))} or larger; it cannot grow later`,
    },
  ];
};

/** The resolver of glibc, and with it the kubelet, takes this many from resolv.conf. */
const MOST_DNS_SERVERS = 3;

export const dnsServersAreFew: OpenStackRule = ({ network }) => {
  if (network === undefined || network.dnsServers.length <= MOST_DNS_SERVERS) return [];
  return [
    {
      path: ["network", "dnsServers"],
      value: network.dnsServers,
      problem: `a resolver asks the first ${MOST_DNS_SERVERS} only`,
      expected: `at most ${MOST_DNS_SERVERS} servers`,
      remedy: "remove the others",
    },
  ];
};
