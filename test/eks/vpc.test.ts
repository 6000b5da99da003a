import { describe, expect, it } from "@jest/globals";
import { eksCluster } from "../support/clusters.js";
import { clusterStack, resource, resourcesOf } from "../support/synthesized.js";

const availabilityZones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
const stack = clusterStack(eksCluster({ provider: { availabilityZones, vpcCidr: "10.8.0.0/16" } }));
const letters = ["a", "b", "c"];
const tiers = ["private", "public"] as const;

describe("the VPC", () => {
  it("has the network of the configuration, and DNS, by which nodes register and endpoints are found", () => {
    expect(resource(stack, "aws_vpc", "vpc")).toMatchObject({
      cidr_block: "10.8.0.0/16",
      enable_dns_support: true,
      enable_dns_hostnames: true,
      tags: { Name: "demo-vpc" },
    });
  });

  it("leaves the group that Amazon makes without a rule", () => {
    const group = resource(stack, "aws_default_security_group", "vpc_default-security-group");
    expect(group["vpc_id"]).toBe("${aws_vpc.vpc.id}");
    for (const rules of ["ingress", "egress"]) expect(group[rules] ?? []).toEqual([]);
  });
});

describe("subnets", () => {
  const subnets = Object.entries(resourcesOf(stack, "aws_subnet"));

  it("are a private and a public one in each zone", () => {
    expect(subnets.map(([name, { availability_zone, cidr_block }]) => [name, availability_zone, cidr_block])).toEqual([
      ["vpc_private-a", "eu-central-1a", "10.8.0.0/19"],
      ["vpc_private-b", "eu-central-1b", "10.8.32.0/19"],
      ["vpc_private-c", "eu-central-1c", "10.8.64.0/19"],
      ["vpc_public-a", "eu-central-1a", "10.8.192.0/22"],
      ["vpc_public-b", "eu-central-1b", "10.8.196.0/22"],
      ["vpc_public-c", "eu-central-1c", "10.8.200.0/22"],
    ]);
  });

  it("give no server a public address unasked", () => {
    expect(subnets.filter(([, subnet]) => subnet["map_public_ip_on_launch"] !== false)).toEqual([]);
  });

  it.each([
    ["private", "kubernetes.io/role/internal-elb", "kubernetes.io/role/elb"],
    ["public", "kubernetes.io/role/elb", "kubernetes.io/role/internal-elb"],
  ])("that are %s bear the tag %s, by which balancers find them, and not the other", (tier, own, other) => {
    for (const letter of letters) {
      const { tags } = resource(stack, "aws_subnet", `vpc_${tier}-${letter}`);
      expect(tags).toMatchObject({ [own]: "1", "kubernetes.io/cluster/demo": "shared" });
      expect(tags).not.toHaveProperty([other]);
    }
  });
});

describe("routes", () => {
  it("stand in a table of its own for each subnet, so that zones do not share fate", () => {
    const associations = resourcesOf(stack, "aws_route_table_association");
    for (const tier of tiers) {
      for (const letter of letters) {
        expect(associations[`vpc_${tier}-${letter}-association`]).toMatchObject({
          subnet_id: `\${aws_subnet.vpc_${tier}-${letter}.id}`,
          route_table_id: `\${aws_route_table.vpc_${tier}-${letter}-routes.id}`,
        });
      }
    }
    expect(Object.keys(associations)).toHaveLength(6);
    expect(Object.keys(resourcesOf(stack, "aws_route_table"))).toHaveLength(6);
  });

  it("lead from every public subnet, and no private one, through the internet gateway", () => {
    const throughGateway = Object.values(resourcesOf(stack, "aws_route")).filter((route) => "gateway_id" in route);
    expect(throughGateway.map((route) => [route["route_table_id"], route["gateway_id"]])).toEqual(
      letters.map((letter) => [
        `\${aws_route_table.vpc_public-${letter}-routes.id}`,
        "${aws_internet_gateway.vpc_internet-gateway.id}",
      ]),
    );
  });

  it("leaves Amazon's default group without rules, and would see one that somebody adds", () => {
    const group = resource(stack, "aws_default_security_group", "vpc_default-security-group");
    expect(group).toMatchObject({ ingress: [], egress: [] });
  });

  it("are there before nodes start, and so are the endpoints and the rules", () => {
    const ready = resource(stack, "terraform_data", "network-is-ready")["depends_on"];
    const needed = ["aws_route", "aws_route_table_association", "aws_vpc_endpoint"].flatMap((type) =>
      Object.keys(resourcesOf(stack, type)).map((name) => `${type}.${name}`),
    );
    const rules = ["aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule"].flatMap((type) =>
      Object.keys(resourcesOf(stack, type)).map((name) => `${type}.${name}`),
    );
    expect([...(ready as readonly string[])].sort()).toEqual([...needed, ...rules].sort());
    expect(rules.length).toBeGreaterThan(10);
  });
});
