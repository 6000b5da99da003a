import { describe, expect, it } from "@jest/globals";
import { awsIdentities } from "../../../src/config/aws-identities.js";
import { podIdentityTrust, serviceTrust } from "../../../src/eks/policies/trust.js";
import { ACCOUNT, demo, REGION } from "./support/documents.js";

describe("the trust of a service's role", () => {
  const [statement, ...rest] = podIdentityTrust(demo.facts, awsIdentities.velero);

  it("is in pods of one service account of one cluster of this account, and in nobody else", () => {
    expect(rest).toEqual([]);
    expect(statement?.principals).toEqual({ Service: ["pods.eks.amazonaws.com"] });
    expect(statement?.conditions).toEqual({
      StringEquals: {
        "aws:SourceAccount": [ACCOUNT],
        "aws:RequestTag/eks-cluster-arn": [`arn:aws:eks:${REGION}:${ACCOUNT}:cluster/demo`],
        "aws:RequestTag/eks-cluster-name": ["demo"],
        "aws:RequestTag/kubernetes-namespace": ["rackspace-system"],
        "aws:RequestTag/kubernetes-service-account": ["velero"],
      },
    });
  });

  it("lets the session be tagged, or EKS could not take the role at all", () => {
    expect(statement?.actions).toEqual(["sts:AssumeRole", "sts:TagSession"]);
  });
});

describe("the trust of a role of AWS' own services", () => {
  it("is in the service when it works for this account", () => {
    expect(serviceTrust("eks.amazonaws.com", demo.facts)).toMatchObject([
      {
        principals: { Service: ["eks.amazonaws.com"] },
        actions: ["sts:AssumeRole"],
        conditions: { StringEquals: { "aws:SourceAccount": [ACCOUNT] } },
      },
    ]);
  });

  it("asks EC2 for no account, which names none when it takes a node's role", () => {
    expect(serviceTrust("ec2.amazonaws.com")[0]).not.toHaveProperty("conditions");
  });
});
