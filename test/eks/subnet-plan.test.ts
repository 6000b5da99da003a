import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Cidr } from "../../src/lib/cidr.js";
import { subnetPlan, type ZoneSubnets } from "../../src/eks/subnet-plan.js";

const ALL_ZONES = ["a", "b", "c", "d", "e", "f"].map((letter) => `eu-central-1${letter}`);

/** A VPC of every size that bootstrap.yaml takes, anywhere in 10.0.0.0/8. */
const vpcs = fc.tuple(fc.integer({ min: 16, max: 22 }), fc.nat(255), fc.nat(255)).map(([prefix, second, third]) => {
  const vpc = Cidr.around(`10.${second}.${third}.0/${prefix}`);
  if (vpc === undefined) throw new Error("no network");
  return vpc.toString();
});
/** Some zones of a region, in any order. */
const someZones = fc.shuffledSubarray(ALL_ZONES, { minLength: 1 });

const subnetsOf = (plan: readonly ZoneSubnets[]) =>
  plan.flatMap(({ privateCidr, publicCidr }) => [Cidr.parse(privateCidr), Cidr.parse(publicCidr)]);

describe("a VPC's subnets", () => {
  it("lie in the VPC and never overlap, whichever zones there are", () => {
    fc.assert(
      fc.property(vpcs, someZones, (vpcCidr, zones) => {
        const vpc = Cidr.parse(vpcCidr);
        const subnets = subnetsOf(subnetPlan(vpcCidr, zones));
        expect(subnets).toHaveLength(2 * zones.length);
        for (const [index, subnet] of subnets.entries()) {
          expect(vpc.includes(subnet)).toBe(true);
          expect(subnets.slice(index + 1).filter((other) => subnet.overlaps(other))).toEqual([]);
        }
      }),
    );
  });

  it("never move when zones are added, removed or reordered", () => {
    fc.assert(
      fc.property(vpcs, someZones, someZones, (vpcCidr, before, after) => {
        const inBefore = new Map(subnetPlan(vpcCidr, before).map((subnets) => [subnets.zone, subnets]));
        for (const subnets of subnetPlan(vpcCidr, after)) {
          expect(subnets).toEqual(inBefore.get(subnets.zone) ?? subnets);
        }
      }),
    );
  });

  it("are an eighth of the VPC for a zone's nodes, a sixty-fourth for its balancers", () => {
    fc.assert(
      fc.property(vpcs, someZones, (vpcCidr, zones) => {
        const { size } = Cidr.parse(vpcCidr);
        for (const { privateCidr, publicCidr } of subnetPlan(vpcCidr, zones)) {
          expect(Cidr.parse(privateCidr).size).toBe(size / 8);
          expect(Cidr.parse(publicCidr).size).toBe(size / 64);
        }
      }),
    );
  });

  it("are none smaller than a /28, the smallest that Amazon makes", () => {
    fc.assert(
      fc.property(vpcs, (vpcCidr) => {
        for (const { prefix } of subnetsOf(subnetPlan(vpcCidr, ALL_ZONES))) expect(prefix).toBeLessThanOrEqual(28);
      }),
    );
  });

  it("leave the VPC's last eighth free for what comes later", () => {
    fc.assert(
      fc.property(vpcs, (vpcCidr) => {
        const vpc = Cidr.parse(vpcCidr);
        const free = vpc.part(vpc.prefix + 3, 7);
        expect(subnetsOf(subnetPlan(vpcCidr, ALL_ZONES)).filter((subnet) => subnet.overlaps(free))).toEqual([]);
      }),
    );
  });

  it.each([
    ["10.0.0.0/16", "a", "10.0.0.0/19", "10.0.192.0/22"],
    ["10.0.0.0/16", "c", "10.0.64.0/19", "10.0.200.0/22"],
    ["10.0.0.0/16", "f", "10.0.160.0/19", "10.0.212.0/22"],
    ["10.9.8.0/22", "b", "10.9.8.128/25", "10.9.11.16/28"],
  ])("of %s are in zone %s %s and %s", (vpcCidr, letter, privateCidr, publicCidr) => {
    const zone = `us-east-1${letter}`;
    expect(subnetPlan(vpcCidr, [zone])).toEqual([{ zone, letter, privateCidr, publicCidr }]);
  });
});
