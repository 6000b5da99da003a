import { Cidr } from "../lib/cidr.js";

/** Where a zone's nodes and balancers get their addresses. */
export interface ZoneSubnets {
  /** `eu-central-1a` */
  readonly zone: string;
  /** `a`, by which the zone's resources are keyed. */
  readonly letter: string;
  /** Of nodes, pods and the control plane's network interfaces: an eighth of the VPC. */
  readonly privateCidr: string;
  /** Of NAT gateways and balancers that face the internet: a sixty-fourth. */
  readonly publicCidr: string;
}

const EIGHTH = 3;
const SIXTY_FOURTH = 6;
/** The first sixty-fourth of the seventh eighth: the six before it are the zones' own, the last is kept free. */
const FIRST_PUBLIC = 6 * 8;

/**
 * Subnets follow from the zone's letter, never from its place in the list: a zone that comes, goes or is moved in the list
 * leaves the others' alone. See docs/decisions/0009-eks-subnets.md.
 *
 * @param zones of one region, with letters from a to f
 */
export function subnetPlan(vpcCidr: string, zones: readonly string[]): readonly ZoneSubnets[] {
  const vpc = Cidr.parse(vpcCidr);
  return [...zones].sort().map((zone) => {
    const letter = zone.slice(-1);
    const slot = letter.charCodeAt(0) - "a".charCodeAt(0);
    return {
      zone,
      letter,
      privateCidr: vpc.part(vpc.prefix + EIGHTH, slot).toString(),
      publicCidr: vpc.part(vpc.prefix + SIXTY_FOURTH, FIRST_PUBLIC + slot).toString(),
    };
  });
}
