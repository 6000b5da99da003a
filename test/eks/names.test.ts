import { describe, expect, it } from "@jest/globals";
import { eksCluster } from "../support/clusters.js";
import { clusterStack, resourcesOf } from "../support/synthesized.js";

/** Names that are the user's stand in scopes of their own: none can be what we call something else. */
describe("names of the user's", () => {
  it("may be those of an add-on or a role, for a node group", () => {
    const names = ["coredns", "kube-proxy", "vpc-cni", "role", "addon", "group"];
    const stack = clusterStack(eksCluster({ workers: names.map((name) => ({ name })) }));
    expect(Object.keys(resourcesOf(stack, "aws_eks_node_group")).sort()).toEqual(
      names.map((name) => `nodes_group_${name}`).sort(),
    );
  });

  it("may be alike up to an ending, for a repository", () => {
    const stack = clusterStack(eksCluster({ provider: { repositories: ["tools", "tools-lifecycle"] } }));
    expect(Object.keys(resourcesOf(stack, "aws_ecr_repository"))).toEqual([
      "registry_tools",
      "registry_tools-lifecycle",
    ]);
    expect(Object.keys(resourcesOf(stack, "aws_ecr_lifecycle_policy"))).toHaveLength(2);
  });

  it("may be the same in two accounts, or alike up to an ending, for an admin's role", () => {
    const adminRoleArns = [
      "arn:aws:iam::111111111111:role/admins",
      "arn:aws:iam::222222222222:role/admins",
      "arn:aws:iam::111111111111:role/admins-policy",
    ];
    const stack = clusterStack(eksCluster({ provider: { adminRoleArns } }));
    const entries = Object.values(resourcesOf(stack, "aws_eks_access_entry"));
    expect(entries.map((entry) => String(entry["principal_arn"])).sort()).toEqual([...adminRoleArns].sort());
    expect(Object.keys(resourcesOf(stack, "aws_eks_access_policy_association"))).toHaveLength(3);
  });
});
