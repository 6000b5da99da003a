import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { natZones, quotaNeeds } from "../../../src/preflight/aws/needs.js";
import { updateSurge } from "../../../src/preflight/aws/node-needs.js";
import { eksCluster, type BootstrapChanges } from "../../support/clusters.js";

const sizes = new Map([
  ["m7i.large", 2],
  ["m7i.xlarge", 4],
  ["m7i.2xlarge", 8],
  ["g6.xlarge", 4],
  ["p5.48xlarge", 192],
]);
const needsOf = (changes: BootstrapChanges = {}) =>
  Object.fromEntries(quotaNeeds(eksCluster(changes), sizes).map(({ name, needed }) => [name, needed]));
const threeZones = { availabilityZones: ["eu-central-1c", "eu-central-1a", "eu-central-1b"] };

describe("what a plan takes of quotas", () => {
  test("for the smallest cluster", () => {
    expect(needsOf()).toEqual({
      VPCs: 1,
      "internet gateways": 1,
      "NAT gateways in eu-central-1a": 1,
      "NAT gateways in eu-central-1b": 1,
      "elastic IPs": 4,
      "on-demand standard vCPUs": 7 * 4,
      "gp3 storage in TiB": (7 * 40) / 1024,
      "EKS clusters": 1,
      "node groups per cluster": 1,
      "nodes per node group": 3,
      "S3 buckets": 2,
    });
  });

  test.each([
    ["per-zone", ["eu-central-1c", "eu-central-1a", "eu-central-1b"], 6],
    ["single", ["eu-central-1a"], 4],
    ["none", [], 3],
  ])("nat %s: gateways in %j, and an address for each beside those of the ingress", (nat, zones, addresses) => {
    const mirror = { containerImages: { mirror: "registry.example.com" } };
    const changes = { provider: { ...threeZones, nat }, ...mirror };
    expect(natZones(eksCluster(changes))).toEqual(zones);
    expect(needsOf(changes)["elastic IPs"]).toBe(addresses);
  });

  test("without ingress no addresses and no rules are reserved for it", () => {
    const network = { ingressAllowedCidrs: ["198.51.100.0/24", "203.0.113.0/24"] };
    expect(needsOf({ network })).toMatchObject({ "elastic IPs": 4, "rules per security group": 4 });
    const without = needsOf({ network, services: { ingress: { enabled: false } } });
    expect(without).toMatchObject({ "elastic IPs": 2 });
    expect(without).not.toHaveProperty("rules per security group");
  });

  test("services that are off have no bucket", () => {
    const services = { backup: { enabled: false }, registry: { enabled: false } };
    expect(needsOf({ services })).not.toHaveProperty("S3 buckets");
  });

  test("ranges of the public endpoint count while it is public", () => {
    const endpoint = { public: true, allowedCidrs: ["198.51.100.0/24", "203.0.113.0/24"] };
    expect(needsOf({ provider: { endpoint } })["public endpoint CIDRs"]).toBe(2);
  });
});

describe("vCPUs", () => {
  test("count each group at its maxCount, of the largest type that Amazon may take", () => {
    const workers = [
      { name: "one", instanceTypes: ["m7i.large", "m7i.2xlarge", "m7i.xlarge"], count: 1, maxCount: 20 },
      { name: "two", instanceTypes: ["m7i.large"], count: 2 },
    ];
    const [need] = quotaNeeds(eksCluster({ workers }), sizes).filter(({ name }) => name.includes("vCPUs"));
    expect(need).toMatchObject({
      needed: 25 * 8 + 6 * 2,
      reckoning: "25 nodes of 8, 6 nodes of 2, those of an update among them",
      path: ["workers", 0, "maxCount"],
    });
  });

  test("of spot nodes and of other families have quotas of their own", () => {
    const workers = [
      { name: "standard", instanceTypes: ["m7i.large"], count: 1 },
      { name: "spot", instanceTypes: ["m7i.large"], count: 1, capacity: "spot" },
      { name: "graphics", instanceTypes: ["g6.xlarge"], count: 1 },
      { name: "training", instanceTypes: ["p5.48xlarge"], count: 1, capacity: "spot" },
    ];
    const codes = quotaNeeds(eksCluster({ workers }), sizes)
      .filter(({ counted }) => counted.what === "vcpus")
      .map(({ name, quota, needed }) => [name, quota.code, needed]);
    expect(codes).toEqual([
      ["on-demand standard vCPUs", "L-1216C47A", 10],
      ["spot standard vCPUs", "L-34B43A08", 10],
      ["on-demand G and VT vCPUs", "L-DB2E81BA", 20],
      ["spot P vCPUs", "L-7212CCBC", 5 * 192],
    ]);
  });

  test("are open when one type's size is not known, wherever it stands", () => {
    for (const instanceTypes of [
      ["m7i.large", "m9.huge"],
      ["m9.huge", "m7i.large"],
    ]) {
      const needs = needsOf({ workers: [{ name: "one", instanceTypes }] });
      expect(Object.keys(needs)).toContain("on-demand standard vCPUs");
      expect(needs["on-demand standard vCPUs"]).toBeUndefined();
    }
  });
});

describe("an update", () => {
  test.each([
    [3, 25, 2, 4, "two a zone are more"],
    [40, 25, 2, 10, "the share of the group is more"],
    [10, 33, 1, 4, "a part of a node is a node"],
    [450, 100, 3, 100, "EKS takes a hundred at once at most"],
  ])("%i nodes at %i %% in %i zones: %i nodes more, since %s", (maxCount, maxUnavailablePercent, zones, surge) => {
    expect(updateSurge({ maxCount, maxUnavailablePercent }, zones)).toBe(surge);
  });

  test("never adds less for a larger group", () => {
    const size = fc.integer({ min: 1, max: 449 });
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 100 }), fc.constantFrom(2, 3), (maxCount, percent, zones) => {
        const at = (count: number) => updateSurge({ maxCount: count, maxUnavailablePercent: percent }, zones);
        expect(at(maxCount + 1)).toBeGreaterThanOrEqual(at(maxCount));
        expect(at(maxCount)).toBeGreaterThan(0);
      }),
    );
  });
});
