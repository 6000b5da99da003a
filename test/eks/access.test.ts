import { describe, expect, it } from "@jest/globals";
import { eksCluster } from "../support/clusters.js";
import { clusterStack, resourcesOf } from "../support/synthesized.js";

const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const accessOf = (...adminRoleArns: readonly string[]) => {
  const stack = clusterStack(eksCluster({ provider: { adminRoleArns } }));
  return {
    entries: resourcesOf(stack, "aws_eks_access_entry"),
    associations: resourcesOf(stack, "aws_eks_access_policy_association"),
  };
};

describe("access", () => {
  it("is for each admin role an entry, and EKS' policy of a cluster's admin for the whole cluster", () => {
    const { entries, associations } = accessOf(role("platform-admins"));
    expect(Object.values(entries)).toMatchObject([
      {
        cluster_name: "${aws_eks_cluster.control-plane.name}",
        principal_arn: role("platform-admins"),
        type: "STANDARD",
      },
    ]);
    expect(Object.values(associations)).toMatchObject([
      {
        cluster_name: "${aws_eks_cluster.control-plane.name}",
        principal_arn: "${aws_eks_access_entry.access_123456789012-platform-admins.principal_arn}",
        policy_arn:
          "arn:${data.aws_partition.account_partition.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        access_scope: { type: "cluster" },
      },
    ]);
  });

  it("is nobody's beside the named roles: an entry gives no group of Kubernetes", () => {
    const { entries, associations } = accessOf(role("a"), role("b"));
    expect(Object.keys(entries)).toHaveLength(2);
    expect(Object.keys(associations)).toHaveLength(2);
    for (const entry of Object.values(entries)) expect(entry).not.toHaveProperty("kubernetes_groups");
  });

  it("tells roles apart by their path", () => {
    const { entries } = accessOf(role("team/admins"), role("team-admins"), role("admins"));
    expect(Object.keys(entries)).toHaveLength(3);
    expect(Object.values(entries).map(({ principal_arn }) => principal_arn)).toEqual(
      expect.arrayContaining([role("team/admins"), role("team-admins"), role("admins")]),
    );
  });

  it("keeps its names when roles are reordered, and when one comes or goes", () => {
    const [one, two, three] = [role("one"), role("path/two"), role("three")];
    expect(accessOf(three, two, one)).toEqual(accessOf(one, two, three));
    const { entries, associations } = accessOf(one, two);
    expect(accessOf(three, one, two)).toMatchObject({ entries, associations });
  });
});
