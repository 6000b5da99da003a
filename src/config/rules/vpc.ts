import { Cidr } from "../../lib/cidr.js";
import { nodeGroupSizes } from "../node-group-sizes.js";
import { isWellSized, prefixFor, VPC } from "./networks.js";
import type { EksRule } from "./rule.js";

/** Each zone's nodes have an eighth of the VPC. */
const ZONES_SHARE = 8;
/** The first four of a subnet and the last. docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const AMAZONS_ADDRESSES = 5;
/** The VPC CNI keeps one network interface in use and one warm, with 15 addresses each on an .xlarge. */
const ADDRESSES_A_NODE = 30;

export const vpcHoldsTheNodes: EksRule = ({ provider, workers }) => {
  const zones = provider?.availabilityZones.length ?? 0;
  if (provider === undefined || workers === undefined || zones === 0) return [];
  const cidr = Cidr.parse(provider.vpcCidr);
  if (!isWellSized({ cidr, ...VPC })) return [];
  const available = cidr.size / ZONES_SHARE - AMAZONS_ADDRESSES;
  // Each group is spread by itself: what does not divide evenly may fall into one zone every time.
  const nodes = workers.reduce((sum, group) => sum + Math.ceil(nodeGroupSizes(group).maxCount / zones), 0);
  if (nodes * ADDRESSES_A_NODE <= available) return [];
  const prefix = prefixFor((nodes * ADDRESSES_A_NODE + AMAZONS_ADDRESSES) * ZONES_SHARE);
  const most = Math.floor(available / ADDRESSES_A_NODE);
  return [
    {
      path: ["provider", "vpcCidr"],
      value: provider.vpcCidr,
      problem: `is too small: a zone's nodes have an eighth, ${available} addresses, which is enough for ${most}`,
      expected: `${nodes * ADDRESSES_A_NODE} addresses in a zone: ${nodes} nodes at \`maxCount\`, ${ADDRESSES_A_NODE} each`,
      remedy:
        prefix < VPC.largest
          ? `lower \`maxCount\`: Amazon's largest VPC is a /${VPC.largest}`
          : `write a /${prefix} or larger, since it cannot grow later, or lower \`maxCount\``,
    },
  ];
};
