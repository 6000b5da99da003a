import { resourceTagged } from "./cluster-tags.js";
import { arnOf, type AccountFacts } from "./facts.js";
import type { Statement } from "./policy-document.js";

/**
 * What the cluster autoscaler may do: read what groups and instance types there are, and resize the groups of this
 * cluster, which EKS tags so. Source: kubernetes/autoscaler, cluster-autoscaler/cloudprovider/aws/README.md
 */
export function clusterAutoscalerPolicy(facts: AccountFacts): readonly Statement[] {
  const { clusterName } = facts;
  return [
    {
      sid: "ReadGroups",
      actions: [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeScalingActivities",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:GetInstanceTypesFromInstanceRequirements",
      ],
      resources: ["*"],
    },
    {
      sid: "ReadEmptyNodeGroups",
      actions: ["eks:DescribeNodegroup"],
      resources: [arnOf(facts, "eks", `nodegroup/${clusterName}/*/*`)],
    },
    {
      sid: "ResizeGroups",
      actions: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      resources: [arnOf(facts, "autoscaling", "autoScalingGroup:*:autoScalingGroupName/*")],
      conditions: resourceTagged(`k8s.io/cluster-autoscaler/${clusterName}`, "owned"),
    },
  ];
}
