import { ACCOUNT, REGION } from "../../../eks/policies/support/documents.js";
import { call, calls, ec2, looks, tagged, type ServiceCalls } from "./calls.js";

const group = (name: string, tags: Readonly<Record<string, string>> = {}) => ({
  resource: `arn:aws:autoscaling:${REGION}:${ACCOUNT}:autoScalingGroup:00000000-0000-0000-0000-000000000001:autoScalingGroupName/${name}`,
  context: tagged(tags),
});
const nodeGroup = (cluster: string) => ({
  resource: `arn:aws:eks:${REGION}:${ACCOUNT}:nodegroup/${cluster}/default/00000000-0000-0000-0000-000000000001`,
});
/** As EKS tags the groups of its node groups. */
const eksTags = (cluster: string) => ({
  "k8s.io/cluster-autoscaler/enabled": "true",
  [`k8s.io/cluster-autoscaler/${cluster}`]: "owned",
});
const own = group("eks-default-1", eksTags("demo"));
const RESIZING = ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"];

export const clusterAutoscalerCalls: ServiceCalls = {
  allowed: [
    ...looks(
      "autoscaling:DescribeAutoScalingGroups",
      "autoscaling:DescribeAutoScalingInstances",
      "autoscaling:DescribeLaunchConfigurations",
      "autoscaling:DescribeScalingActivities",
      "ec2:DescribeImages",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeLaunchTemplateVersions",
      "ec2:GetInstanceTypesFromInstanceRequirements",
    ),
    call("read a node group that is empty", "eks:DescribeNodegroup", nodeGroup("demo")),
    ...calls("its cluster's group", RESIZING, own),
  ],
  refused: [
    ...calls("another cluster's group", RESIZING, group("eks-default-2", eksTags("other"))),
    ...calls("a group that is no cluster's", RESIZING, group("shop")),
    call(
      "resize a group that is shared",
      "autoscaling:SetDesiredCapacity",
      group("shop", { "k8s.io/cluster-autoscaler/demo": "shared" }),
    ),
    call("read another cluster's node group", "eks:DescribeNodegroup", nodeGroup("other")),
    call("change a group's bounds", "autoscaling:UpdateAutoScalingGroup", own),
    call("delete a group", "autoscaling:DeleteAutoScalingGroup", own),
    call("tag another group as its cluster's", "autoscaling:CreateOrUpdateTags", group("shop")),
    call("change a node group", "eks:UpdateNodegroupConfig", nodeGroup("demo")),
    call("change how nodes start", "ec2:CreateLaunchTemplateVersion", ec2("launch-template/lt-1")),
  ],
};
