import { describe, expect, it } from "@jest/globals";
import { managedPolicyArn } from "../../src/eks/role.js";
import { eksCluster } from "../support/clusters.js";
import { clusterStack, resourcesOf } from "../support/synthesized.js";

const stack = clusterStack(eksCluster({ cluster: { name: "c".repeat(20) } }));
const roles = Object.entries(resourcesOf(stack, "aws_iam_role"));
const policies = Object.values(resourcesOf(stack, "aws_iam_role_policy"));
const attachments = Object.values(resourcesOf(stack, "aws_iam_role_policy_attachment"));

/** Quotas of IAM. docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas */
const ROLE_NAME = 64;
const INLINE_POLICIES = 10_240;
/** docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole */
const DESCRIPTION = /^[\t\n\r\u0020-\u007e\u00a1-\u00ff]{1,1000}$/;

describe("roles", () => {
  it("have names of their own that IAM takes with the longest name of a cluster", () => {
    const names = roles.map(([, { name }]) => String(name));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect(name).toMatch(new RegExp(`^c{20}-[a-z-]{1,${ROLE_NAME - 21}}$`));
  });

  it("say what they are for, in characters that IAM takes", () => {
    for (const [, { description }] of roles) {
      expect(description).toMatch(DESCRIPTION);
      expect(description).toMatch(/ of Kubernetes cluster c{20}$/);
    }
  });

  it("have policies within IAM's quota, once Terraform has put in accounts and ARNs", () => {
    for (const { policy } of policies) {
      const arn = `arn:aws-us-gov:service:us-gov-west-1:123456789012:resource/${"x".repeat(60)}`;
      const text = String(policy)
        .replaceAll(/\$\{[^}]*\.account_id\}/g, "123456789012")
        .replaceAll(/\$\{[^}]*\.partition\}/g, "aws-us-gov")
        .replaceAll(/\$\{[^}]*\}/g, arn);
      expect(text.replaceAll(/\s/g, "").length).toBeLessThanOrEqual(INLINE_POLICIES);
    }
  });

  it("may all do something, and their policies stand at a role of the cluster", () => {
    const named = [...policies, ...attachments].map(({ role }) => String(role));
    const references = roles.map(([name]) => `\${aws_iam_role.${name}.name}`);
    expect([...new Set(named)].sort()).toEqual([...references].sort());
  });

  it("lean on policies that Amazon maintains in the partition of the account, and on no administrator's", () => {
    for (const { policy_arn } of attachments) {
      expect(policy_arn).toMatch(
        /^arn:\$\{data\.aws_partition\.account_partition\.partition\}:iam::aws:policy\/Amazon/,
      );
      expect(policy_arn).not.toMatch(/Administrator|FullAccess|PowerUser/);
    }
    expect(managedPolicyArn("aws-us-gov", "AmazonEKSClusterPolicy")).toBe(
      "arn:aws-us-gov:iam::aws:policy/AmazonEKSClusterPolicy",
    );
  });
});
