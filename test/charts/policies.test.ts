import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { asksOneOf, platformIdentities } from "../../charts/policies/platform-identities.js";
import { PoliciesChart } from "../../charts/policies/policies-chart.js";
import { awsIdentities } from "../../src/config/aws-identities.js";
import { eksCluster, openStackCluster } from "../support/clusters.js";
import { type Manifest, named, ofKind } from "./manifests.js";

interface Policy extends Manifest {
  readonly spec: {
    readonly failurePolicy: string;
    readonly validations: readonly { readonly message: string; readonly reason: string }[];
  };
}

const manifests = Testing.synth(new PoliciesChart(Testing.app(), "policies", openStackCluster())) as Manifest[];
const policies = ofKind(manifests, "ValidatingAdmissionPolicy") as readonly Policy[];

describe("every policy", () => {
  it.each(policies.map((policy) => [policy.metadata.name, policy] as const))(
    "fails closed, is in force everywhere, and says why: %s",
    (name, { spec }) => {
      expect(spec.failurePolicy).toBe("Fail");
      const bindings = ofKind(manifests, "ValidatingAdmissionPolicyBinding");
      expect(named(bindings, name).spec).toEqual({ policyName: name, validationActions: ["Deny", "Audit"] });
      for (const { message, reason } of spec.validations) {
        expect(message).not.toBe("");
        expect(reason).toBe("Forbidden");
      }
    },
  );
});

describe("the platform's identities", () => {
  const onOpenStack = platformIdentities(openStackCluster());
  const onEks = platformIdentities(eksCluster());

  it("are operators and Kubernetes' own on both clouds", () => {
    for (const { users, userPrefixes, groups } of [onOpenStack, onEks]) {
      expect(users).toEqual(["system:apiserver", "system:kube-controller-manager", "system:kube-scheduler"]);
      expect(userPrefixes).toEqual(expect.arrayContaining(["system:node:", "system:serviceaccount:kube-system:"]));
      expect(groups).toEqual(expect.arrayContaining(["rackspace:operators", "system:masters"]));
    }
  });

  it("are whoever administers by certificate on OpenStack alone", () => {
    expect(onOpenStack.groups).toContain("kubeadm:cluster-admins");
    expect(onEks.groups).not.toContain("kubeadm:cluster-admins");
  });

  it("are, on EKS, Amazon's controllers and every session of the administrators' IAM roles, whatever their path", () => {
    const { userPrefixes } = platformIdentities(
      eksCluster({
        provider: {
          adminRoleArns: ["arn:aws:iam::123456789012:role/admins", "arn:aws:iam::123456789012:role/deployment/ci/kaas"],
        },
      }),
    );
    expect(userPrefixes).toEqual(
      expect.arrayContaining([
        "eks:",
        "arn:aws:sts::123456789012:assumed-role/admins/",
        "arn:aws:sts::123456789012:assumed-role/kaas/",
      ]),
    );
    expect(onOpenStack.userPrefixes.filter((prefix) => /^(eks|arn):/.test(prefix))).toEqual([]);
  });

  it("hold the service account of every service that calls AWS", () => {
    for (const { namespace, name } of Object.values(awsIdentities)) {
      const user = `system:serviceaccount:${namespace}:${name}`;
      expect(onEks.userPrefixes.some((prefix) => user.startsWith(prefix))).toBe(true);
    }
  });

  it("end each beginning of a name where the name of another cannot go on", () => {
    for (const prefix of [...onOpenStack.userPrefixes, ...onEks.userPrefixes]) expect(prefix).toMatch(/[:/]$/);
  });

  it("stand in an expression as texts, whatever is in them", () => {
    const expression = asksOneOf({ users: ['a"b'], userPrefixes: ["c\\"], groups: [] });
    expect(expression).toBe(
      String.raw`request.userInfo.username in ["a\"b"] || request.userInfo.username.startsWith("c\\") || request.userInfo.groups.exists(group, group in [])`,
    );
  });
});
