import { describe, expect, it } from "@jest/globals";
import { eksCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resourcesOf } from "../support/synthesized.js";

const zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
const stackOf = (availabilityZones: readonly string[], changes: BootstrapChanges = {}) =>
  clusterStack(eksCluster({ ...changes, provider: { availabilityZones } }));
const addressesOf = (availabilityZones: readonly string[], changes: BootstrapChanges = {}) =>
  Object.fromEntries(
    Object.entries(resourcesOf(stackOf(availabilityZones, changes), "aws_eip")).filter(([name]) =>
      name.startsWith("ingress_"),
    ),
  );

describe("addresses of the ingress", () => {
  it("are reserved one a zone, named for it", () => {
    expect(addressesOf(zones)).toMatchObject({
      ingress_a: { domain: "vpc", tags: { Name: "demo-ingress-a" } },
      ingress_b: { domain: "vpc", tags: { Name: "demo-ingress-b" } },
      ingress_c: { domain: "vpc", tags: { Name: "demo-ingress-c" } },
    });
  });

  it("belong to no server: the balancer's controller gives them to the balancer", () => {
    for (const address of Object.values(addressesOf(zones))) {
      expect(address).not.toHaveProperty("instance");
      expect(address).not.toHaveProperty("network_interface");
    }
  });

  it("stay a zone's when zones are reordered, or another comes", () => {
    expect(addressesOf([...zones].reverse())).toEqual(addressesOf(zones));
    expect(addressesOf(zones)).toMatchObject(addressesOf(zones.slice(1)));
  });

  it("are told by zone as the balancer takes them, and as clients know them", () => {
    const { output } = stackOf(zones.slice(0, 2));
    expect(output["ingress_allocation_ids"]?.["value"]).toEqual({
      a: "${aws_eip.ingress_a.allocation_id}",
      b: "${aws_eip.ingress_b.allocation_id}",
    });
    expect(output["ingress_addresses"]?.["value"]).toEqual([
      "${aws_eip.ingress_a.public_ip}",
      "${aws_eip.ingress_b.public_ip}",
    ]);
  });

  it("are none without an ingress, and nobody is told of any", () => {
    const without = { services: { ingress: { enabled: false } } };
    expect(addressesOf(zones, without)).toEqual({});
    expect(Object.keys(stackOf(zones, without).output).filter((name) => name.startsWith("ingress"))).toEqual([]);
  });
});
