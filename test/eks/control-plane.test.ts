import { describe, expect, it } from "@jest/globals";
import { minorOf } from "../../src/lib/minor-version.js";
import { eksCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resource, type Attributes } from "../support/synthesized.js";
import { madeBefore } from "./support/graph.js";

const stackOf = (changes: BootstrapChanges = {}) => clusterStack(eksCluster(changes));
const clusterOf = (changes: BootstrapChanges = {}) => resource(stackOf(changes), "aws_eks_cluster", "control-plane");
const vpcConfigOf = (changes: BootstrapChanges = {}) => clusterOf(changes)["vpc_config"] as Attributes;

describe("the Kubernetes API", () => {
  it("answers in the VPC alone, unless asked", () => {
    expect(vpcConfigOf()).toMatchObject({ endpoint_private_access: true, endpoint_public_access: false });
    expect(vpcConfigOf()).not.toHaveProperty("public_access_cidrs");
  });

  it("answers outside to the named ranges alone, and to nodes in the VPC still", () => {
    const allowedCidrs = ["198.51.100.0/24", "203.0.113.7/32"];
    expect(vpcConfigOf({ provider: { endpoint: { public: true, allowedCidrs } } })).toMatchObject({
      endpoint_private_access: true,
      endpoint_public_access: true,
      public_access_cidrs: allowedCidrs,
    });
  });

  it("stands in every zone's private subnet, behind the group that admits nodes", () => {
    expect(vpcConfigOf()).toMatchObject({
      subnet_ids: ["${aws_subnet.vpc_private-a.id}", "${aws_subnet.vpc_private-b.id}"],
      security_group_ids: ["${aws_security_group.security-group_control-plane.id}"],
    });
  });
});

describe("the control plane", () => {
  it("has the cluster's name and version of Kubernetes, of which Amazon chooses the patch", () => {
    expect(clusterOf({ cluster: { kubernetes: "1.35.4" } })).toMatchObject({ name: "demo", version: "1.35" });
    expect(minorOf("1.36.3")).toBe("1.36");
  });

  it("knows rights by access entries alone, and none of whoever creates it", () => {
    expect(clusterOf()["access_config"]).toEqual({
      authentication_mode: "API",
      bootstrap_cluster_creator_admin_permissions: false,
    });
  });

  it("encrypts Secrets with a key of the cluster's own", () => {
    expect(clusterOf()["encryption_config"]).toEqual({
      resources: ["secrets"],
      provider: { key_arn: "${aws_kms_key.control-plane-key.arn}" },
    });
  });

  it("keeps every log that there is", () => {
    expect(clusterOf()["enabled_cluster_log_types"]).toEqual([
      "api",
      "audit",
      "authenticator",
      "controllerManager",
      "scheduler",
    ]);
  });

  it("writes them to a log that is there first, encrypted and kept as long as the configuration says", () => {
    const stack = stackOf({ provider: { logRetentionDays: 180 } });
    expect(resource(stack, "aws_cloudwatch_log_group", "control-plane_log")).toMatchObject({
      name: "/aws/eks/demo/cluster",
      retention_in_days: 180,
      kms_key_id: "${aws_kms_key.control-plane-key.arn}",
    });
    expect(madeBefore(stack, "aws_eks_cluster.control-plane")).toContain("aws_cloudwatch_log_group.control-plane_log");
  });

  it("is never moved to extended support unasked", () => {
    expect(clusterOf()["upgrade_policy"]).toEqual({ support_type: "STANDARD" });
  });

  it("leaves a zone that is not well", () => {
    expect(clusterOf()["zonal_shift_config"]).toEqual({ enabled: true });
  });

  it.each([
    ["production", true],
    ["development", false],
  ])("of profile %s has its deletion protected: %s", (profile, deletion_protection) => {
    expect(clusterOf({ cluster: { profile } })).toMatchObject({ deletion_protection });
  });

  it("keeps its interfaces in the zones that it was made in: EKS takes no other later", () => {
    expect(clusterOf()["lifecycle"]).toEqual({ ignore_changes: ["vpc_config[0].subnet_ids"] });
  });

  it("has the network of services that the configuration names", () => {
    expect(clusterOf({ network: { serviceCidr: "172.16.0.0/20" } })["kubernetes_network_config"]).toEqual({
      ip_family: "ipv4",
      service_ipv4_cidr: "172.16.0.0/20",
    });
  });

  it("is made once its role may do its work, and so goes before the rights do", () => {
    expect([...madeBefore(stackOf(), "aws_eks_cluster.control-plane")]).toEqual(
      expect.arrayContaining([
        "aws_iam_role_policy_attachment.control-plane_role_AmazonEKSClusterPolicy",
        "aws_iam_role_policy.control-plane_role_policy",
      ]),
    );
  });
});
