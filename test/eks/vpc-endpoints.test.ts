import { describe, expect, it } from "@jest/globals";
import { eksCluster } from "../support/clusters.js";
import { clusterStack, resource, resourcesOf, type SynthesizedJson } from "../support/synthesized.js";

const withNat = clusterStack(eksCluster());
const closed = clusterStack(
  eksCluster({ provider: { nat: "none" }, containerImages: { mirror: "registry.example.com/mirror" } }),
);
const endpointsOf = (stack: SynthesizedJson, type: "Gateway" | "Interface") =>
  Object.entries(resourcesOf(stack, "aws_vpc_endpoint")).filter(
    ([, endpoint]) => endpoint["vpc_endpoint_type"] === type,
  );
const servicesOf = (stack: SynthesizedJson, type: "Gateway" | "Interface") =>
  endpointsOf(stack, type).map(([, endpoint]) =>
    String(endpoint["service_name"]).replace("com.amazonaws.eu-central-1.", ""),
  );

describe("gateway endpoints", () => {
  it.each([
    ["NAT", withNat],
    ["no way out", closed],
  ])("lead to S3 and DynamoDB from every private subnet, with %s", (_title, stack) => {
    expect(servicesOf(stack, "Gateway").sort()).toEqual(["dynamodb", "s3"]);
    for (const [, endpoint] of endpointsOf(stack, "Gateway")) {
      expect(endpoint["route_table_ids"]).toEqual([
        "${aws_route_table.vpc_private-a-routes.id}",
        "${aws_route_table.vpc_private-b-routes.id}",
      ]);
    }
  });
});

describe("interface endpoints", () => {
  it("are not paid for where nodes reach AWS through NAT", () => {
    expect(endpointsOf(withNat, "Interface")).toEqual([]);
  });

  it("are there for all that a node without a way out asks of AWS", () => {
    expect(servicesOf(closed, "Interface")).toEqual(
      expect.arrayContaining([
        // To join: what the node is, who the cluster is, and images.
        ...["ec2", "eks", "sts", "ecr.api", "ecr.dkr"],
        // Of the cluster's services: the pod identity agent, storage, balancers, the autoscaler, encrypted volumes.
        ...["eks-auth", "elasticloadbalancing", "autoscaling", "kms"],
        // Of operators: logs and Session Manager.
        ...["logs", "ssm", "ssmmessages", "ec2messages"],
      ]),
    );
  });

  it("stand in every zone, take the group that admits nodes alone, and are found by AWS' own names", () => {
    for (const [, endpoint] of endpointsOf(closed, "Interface")) {
      expect(endpoint).toMatchObject({
        private_dns_enabled: true,
        subnet_ids: ["${aws_subnet.vpc_private-a.id}", "${aws_subnet.vpc_private-b.id}"],
        security_group_ids: ["${aws_security_group.security-group_endpoints.id}"],
      });
    }
  });

  it("are of the cluster's region", () => {
    const elsewhere = clusterStack(
      eksCluster({
        provider: { region: "us-east-1", availabilityZones: ["us-east-1a", "us-east-1b"], nat: "none" },
        containerImages: { mirror: "registry.example.com/mirror" },
      }),
    );
    for (const { service_name } of Object.values(resourcesOf(elsewhere, "aws_vpc_endpoint"))) {
      expect(service_name).toMatch(/^com\.amazonaws\.us-east-1\./);
    }
    expect(resource(elsewhere, "aws_vpc_endpoint", "vpc-endpoint_ecr-api")["service_name"]).toBe(
      "com.amazonaws.us-east-1.ecr.api",
    );
  });
});
