import { describe, expect, it } from "@jest/globals";
import type { EksProvider } from "../../src/config/cluster-config.js";
import { eksCluster } from "../support/clusters.js";
import { clusterStack, resource, resourcesOf } from "../support/synthesized.js";

const zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
const stackWith = (nat: EksProvider["nat"], availabilityZones: readonly string[] = zones) =>
  clusterStack(
    eksCluster({ provider: { nat, availabilityZones }, containerImages: { mirror: "registry.example.com/mirror" } }),
  );

/** Through which gateway each zone's nodes go out: the gateway's letter by the zone's. */
function waysOut(
  nat: EksProvider["nat"],
  availabilityZones: readonly string[] = zones,
): Readonly<Record<string, string>> {
  const routes = Object.values(resourcesOf(stackWith(nat, availabilityZones), "aws_route"));
  const letter = (reference: unknown, pattern: RegExp) => pattern.exec(String(reference))?.[1] ?? "?";
  return Object.fromEntries(
    routes
      .filter((route) => "nat_gateway_id" in route)
      .map((route) => {
        expect(route["destination_cidr_block"]).toBe("0.0.0.0/0");
        return [
          letter(route["route_table_id"], /aws_route_table\.vpc_private-([a-f])-routes\.id/),
          letter(route["nat_gateway_id"], /aws_nat_gateway\.vpc_nat_(shared|[a-f])\.id/),
        ];
      }),
  );
}

const subnetOfShared = (of: readonly string[]) =>
  resource(stackWith("single", of), "aws_nat_gateway", "vpc_nat_shared")["subnet_id"];

describe("NAT gateways", () => {
  it("are one a zone, through which that zone's nodes go out", () => {
    expect(waysOut("per-zone")).toEqual({ a: "a", b: "b", c: "c" });
    expect(Object.keys(resourcesOf(stackWith("per-zone"), "aws_nat_gateway"))).toHaveLength(3);
  });

  it("are a single one for all zones", () => {
    expect(waysOut("single")).toEqual({ a: "shared", b: "shared", c: "shared" });
    expect(Object.keys(resourcesOf(stackWith("single"), "aws_nat_gateway"))).toEqual(["vpc_nat_shared"]);
  });

  it("are none: no way leads from a node to the internet", () => {
    expect(waysOut("none")).toEqual({});
    expect(resourcesOf(stackWith("none"), "aws_nat_gateway")).toEqual({});
    expect(Object.keys(resourcesOf(stackWith("none"), "aws_eip")).filter((name) => name.includes("nat"))).toEqual([]);
  });

  it("are chosen by a zone's letter, wherever it stands in the list", () => {
    expect(waysOut("per-zone", [...zones].reverse())).toEqual({ a: "a", b: "b", c: "c" });
    expect(subnetOfShared([...zones].reverse())).toBe("${aws_subnet.vpc_public-a.id}");
    expect(subnetOfShared(["eu-central-1c", "eu-central-1b"])).toBe("${aws_subnet.vpc_public-b.id}");
  });

  it("keep the shared one's address when it moves to the zone of a lower letter", () => {
    const address = (of: readonly string[]) => resource(stackWith("single", of), "aws_eip", "vpc_nat_address-shared");
    expect(address(zones)).toEqual(address(["eu-central-1b", "eu-central-1c"]));
  });

  it("stand in the public subnet of their zone, with an address of their own that outlives them", () => {
    for (const letter of ["a", "b", "c"]) {
      expect(resource(stackWith("per-zone"), "aws_nat_gateway", `vpc_nat_${letter}`)).toMatchObject({
        subnet_id: `\${aws_subnet.vpc_public-${letter}.id}`,
        allocation_id: `\${aws_eip.vpc_nat_address-${letter}.id}`,
      });
      expect(resource(stackWith("per-zone"), "aws_eip", `vpc_nat_address-${letter}`)["domain"]).toBe("vpc");
    }
  });

  it("come after the internet gateway, without which they cannot work", () => {
    for (const gateway of Object.values(resourcesOf(stackWith("per-zone"), "aws_nat_gateway"))) {
      expect(gateway["depends_on"]).toEqual(["aws_internet_gateway.vpc_internet-gateway"]);
    }
  });
});
