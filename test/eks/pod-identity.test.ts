import { describe, expect, it } from "@jest/globals";
import { awsIdentities } from "../../src/config/aws-identities.js";
import { eksCluster } from "../support/clusters.js";
import { clusterStack, resource, resourcesOf, type Attributes } from "../support/synthesized.js";

const stack = clusterStack(eksCluster());
const services = Object.entries(awsIdentities);

describe("pod identities", () => {
  it.each(services)("give %s a role that the pods of its service account alone can take", (service, account) => {
    const role = resource(stack, "aws_iam_role", `pod-identity_${service}_role`);
    const { Statement } = JSON.parse(String(role["assume_role_policy"])) as { Statement: readonly Attributes[] };
    expect(Statement).toHaveLength(1);
    expect(Statement[0]).toMatchObject({
      Principal: { Service: ["pods.eks.amazonaws.com"] },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        StringEquals: {
          "aws:RequestTag/eks-cluster-name": ["demo"],
          "aws:RequestTag/kubernetes-namespace": [account.namespace],
          "aws:RequestTag/kubernetes-service-account": [account.name],
        },
      },
    });
  });

  it("are associated once each: here, or by the add-on that the service is", () => {
    const here = Object.values(resourcesOf(stack, "aws_eks_pod_identity_association")).map((association) => [
      association["role_arn"],
      association["namespace"],
      association["service_account"],
    ]);
    const byAddons = Object.values(resourcesOf(stack, "aws_eks_addon")).flatMap((addon) =>
      ((addon["pod_identity_association"] ?? []) as readonly Attributes[]).map((association) => [
        association["role_arn"],
        "kube-system",
        association["service_account"],
      ]),
    );
    expect([...here, ...byAddons].sort()).toEqual(
      services
        .map(([service, { namespace, name }]) => [`\${aws_iam_role.pod-identity_${service}_role.arn}`, namespace, name])
        .sort(),
    );
  });

  it.each<[string, readonly string[]]>([
    ["velero", ["aws_kms_key.data-key", "aws_s3_bucket.bucket-velero"]],
    ["registry", ["aws_kms_key.data-key", "aws_s3_bucket.bucket-registry"]],
    ["ebs-csi", ["aws_kms_key.data-key"]],
    ["load-balancer-controller", ["aws_vpc.vpc"]],
    ["cluster-autoscaler", []],
  ])("let %s at its own resources of the stack alone: %j", (service, own) => {
    const { policy } = resource(stack, "aws_iam_role_policy", `pod-identity_${service}_role_policy`);
    const named = [...String(policy).matchAll(/\$\{(aws_[a-z0-9_]+\.[a-z-]+)\.arn\}/g)].map(([, address]) => address);
    expect([...new Set(named)].sort()).toEqual(own);
  });

  it("keep the tags of a session, by which roles know the pods", () => {
    for (const association of Object.values(resourcesOf(stack, "aws_eks_pod_identity_association"))) {
      expect(association["disable_session_tags"] ?? false).toBe(false);
      expect(association["cluster_name"]).toBe("${aws_eks_cluster.control-plane.name}");
    }
  });

  it.each([
    ["velero", { backup: { enabled: false } }],
    ["registry", { registry: { enabled: false } }],
  ])("of %s end with its service, and so does its bucket", (service, off) => {
    const without = clusterStack(eksCluster({ services: off }));
    for (const type of ["aws_iam_role", "aws_iam_role_policy", "aws_eks_pod_identity_association", "aws_s3_bucket"]) {
      expect(Object.keys(resourcesOf(stack, type)).join()).toMatch(new RegExp(`[-_]${service}`));
      expect(Object.keys(resourcesOf(without, type)).join()).not.toMatch(new RegExp(`[-_]${service}`));
    }
    expect(without.output["role_arns"]?.["value"]).not.toHaveProperty(service);
    expect(without.output["buckets"]?.["value"]).not.toHaveProperty(service);
  });

  it("are told to the charts, by service", () => {
    expect(stack.output["role_arns"]?.["value"]).toEqual(
      Object.fromEntries(services.map(([name]) => [name, `\${aws_iam_role.pod-identity_${name}_role.arn}`])),
    );
  });
});
