import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { AwsProject } from "../support/aws-project.js";
import { startS3Store, type StateStore } from "../support/state-stores.js";

describe("a cluster of two zones", () => {
  let store: StateStore;
  let project: AwsProject;

  beforeAll(async () => {
    store = await startS3Store();
    project = new AwsProject("demo-eks", store);
    await project.synth();
    await project.cluster.terraform.init();
    await project.cluster.terraform.apply();
  });
  afterAll(async () => {
    project.discard();
    await store.stop();
  });

  it("gets a third one's network without touching that of the others; its node groups are made anew, before the old go", async () => {
    const changes = await project.planWith((document) => {
      (document["provider"] as { availabilityZones: string[] }).availabilityZones.push("eu-central-1c");
    });
    const network = Object.entries(changes).filter(([address]) =>
      /^aws_(subnet|route|route_table\w*|eip)\./.test(address),
    );
    expect(network.length).toBeGreaterThanOrEqual(8);
    for (const [address, action] of network) {
      expect([address, action]).toEqual([expect.stringMatching(/[-_]c(-\w+)?$/), "create"]);
    }
    // EKS takes no subnet in a zone that it was not made in.
    expect(changes).not.toHaveProperty(["aws_eks_cluster.control-plane"]);
    // Amazon fixes a group's subnets when it is made.
    expect(Object.entries(changes).filter(([, action]) => action.includes("delete"))).toEqual([
      ["aws_eks_node_group.nodes_group_default", "create+delete"],
    ]);
  });

  it("can have a NAT gateway a zone later, and nothing but the ways out changes", async () => {
    const changes = await project.planWith((document) => {
      (document["provider"] as { nat: string }).nat = "per-zone";
    });
    expect(changes).toEqual({
      "aws_eip.vpc_nat_address-a": "create",
      "aws_eip.vpc_nat_address-b": "create",
      "aws_eip.vpc_nat_address-shared": "delete",
      "aws_nat_gateway.vpc_nat_a": "create",
      "aws_nat_gateway.vpc_nat_b": "create",
      "aws_nat_gateway.vpc_nat_shared": "delete",
      "aws_route.vpc_private-a-default": "update",
      "aws_route.vpc_private-b-default": "update",
    });
  });

  it("shows another service network as a new cluster, not as a change in place", async () => {
    const changes = await project.planWith((document) => {
      document["network"] = { serviceCidr: "172.30.0.0/16" };
    });
    expect(changes["aws_eks_cluster.control-plane"]).toMatch(/^(create\+delete|delete\+create)$/);
  });
});
