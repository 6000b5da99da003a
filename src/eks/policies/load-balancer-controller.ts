import { keepingTags, ownershipTag, requestTagged, resourceTagged } from "./cluster-tags.js";
import { arnOf, iamArnOf, type AccountFacts } from "./facts.js";
import type { Statement } from "./policy-document.js";

/** The controller tags all that it makes with its cluster's name. */
const CLUSTER_TAG = "elbv2.k8s.aws/cluster";
const KINDS = ["app", "net"];

/**
 * What the AWS Load Balancer Controller may do: read the network; make load balancers of this cluster and manage those
 * alone; open this cluster's security groups to them. It must tag listeners and rules, as it does by default.
 *
 * Left out: WAF, Shield, Cognito, IPAM, Outposts, reserved capacity and certificates of IAM, which no service of the
 * cluster uses. The controller must run with `--enable-waf=false --enable-wafv2=false --enable-shield=false`, or it asks
 * for them with every application load balancer.
 * Source: kubernetes-sigs/aws-load-balancer-controller, docs/install/iam_policy.json
 */
export function loadBalancerControllerPolicy(facts: AccountFacts, vpcArn: string): readonly Statement[] {
  return [...reading(facts, vpcArn), ...securityGroups(facts, vpcArn), ...loadBalancers(facts)];
}

function reading(facts: AccountFacts, vpcArn: string): readonly Statement[] {
  return [
    {
      sid: "ReadTheNetwork",
      actions: [
        "acm:ListCertificates",
        "ec2:DescribeAccountAttributes",
        "ec2:DescribeAddresses",
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstances",
        "ec2:DescribeInternetGateways",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeTags",
        "ec2:DescribeVpcPeeringConnections",
        "ec2:DescribeVpcs",
        "elasticloadbalancing:DescribeCapacityReservation",
        "elasticloadbalancing:DescribeListenerAttributes",
        "elasticloadbalancing:DescribeListenerCertificates",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeLoadBalancerAttributes",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeRules",
        "elasticloadbalancing:DescribeSSLPolicies",
        "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:DescribeTargetGroupAttributes",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
        "elasticloadbalancing:DescribeTrustStores",
      ],
      resources: ["*"],
    },
    {
      sid: "ReadCertificates",
      actions: ["acm:DescribeCertificate"],
      resources: [arnOf(facts, "acm", "certificate/*")],
    },
    { sid: "FindSecurityGroups", actions: ["ec2:GetSecurityGroupsForVpc"], resources: [vpcArn] },
    {
      sid: "CreateServiceRole",
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [
        iamArnOf(
          facts,
          "role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing",
        ),
      ],
      conditions: { StringEquals: { "iam:AWSServiceName": ["elasticloadbalancing.amazonaws.com"] } },
    },
  ];
}

function securityGroups(facts: AccountFacts, vpcArn: string): readonly Statement[] {
  const groups = [arnOf(facts, "ec2", "security-group/*")];
  const made = requestTagged(CLUSTER_TAG, facts.clusterName);
  return [
    { sid: "CreateGroupsInVpc", actions: ["ec2:CreateSecurityGroup"], resources: [vpcArn] },
    { sid: "CreateGroups", actions: ["ec2:CreateSecurityGroup"], resources: groups, conditions: made },
    {
      sid: "TagNewGroups",
      actions: ["ec2:CreateTags"],
      resources: groups,
      conditions: { StringEquals: { ...made["StringEquals"], "ec2:CreateAction": ["CreateSecurityGroup"] } },
    },
    {
      sid: "ChangeTagsOfOwnGroups",
      actions: ["ec2:CreateTags", "ec2:DeleteTags"],
      resources: groups,
      conditions: keepingTags(CLUSTER_TAG, facts.clusterName, [CLUSTER_TAG, ownershipTag(facts)]),
    },
    {
      sid: "ManageOwnGroups",
      actions: ["ec2:AuthorizeSecurityGroupIngress", "ec2:DeleteSecurityGroup", "ec2:RevokeSecurityGroupIngress"],
      resources: groups,
      conditions: resourceTagged(CLUSTER_TAG, facts.clusterName),
    },
    {
      sid: "OpenNodesToBalancers",
      actions: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
      resources: groups,
      conditions: resourceTagged(ownershipTag(facts), "owned", "shared"),
    },
  ];
}

function loadBalancers(facts: AccountFacts): readonly Statement[] {
  const arns = (resource: string) => arnOf(facts, "elasticloadbalancing", resource);
  const balancers = KINDS.map((kind) => arns(`loadbalancer/${kind}/*/*`));
  const listeners = KINDS.map((kind) => arns(`listener/${kind}/*/*/*`));
  const rules = KINDS.map((kind) => arns(`listener-rule/${kind}/*/*/*/*`));
  const targets = [arns("targetgroup/*/*")];
  const all = [...balancers, ...listeners, ...rules, ...targets];
  const own = resourceTagged(CLUSTER_TAG, facts.clusterName);
  const made = requestTagged(CLUSTER_TAG, facts.clusterName);
  return [
    {
      sid: "CreateBalancers",
      actions: ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
      resources: [...balancers, ...targets],
      conditions: made,
    },
    {
      sid: "CreateListeners",
      actions: ["elasticloadbalancing:CreateListener", "elasticloadbalancing:CreateRule"],
      resources: [...balancers, ...listeners],
      conditions: { StringEquals: { ...made["StringEquals"], ...own["StringEquals"] } },
    },
    {
      sid: "TagWhatIsCreated",
      actions: ["elasticloadbalancing:AddTags"],
      resources: all,
      conditions: {
        StringEquals: {
          ...made["StringEquals"],
          "elasticloadbalancing:CreateAction": [
            "CreateListener",
            "CreateLoadBalancer",
            "CreateRule",
            "CreateTargetGroup",
          ],
        },
      },
    },
    {
      sid: "ChangeTags",
      actions: ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
      resources: all,
      conditions: keepingTags(CLUSTER_TAG, facts.clusterName, [CLUSTER_TAG]),
    },
    {
      sid: "ManageBalancers",
      actions: [
        "elasticloadbalancing:AddListenerCertificates",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteRule",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyListenerAttributes",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyRule",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:RegisterTargets",
        "elasticloadbalancing:RemoveListenerCertificates",
        "elasticloadbalancing:SetIpAddressType",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
      ],
      resources: all,
      conditions: own,
    },
    // AWS knows no tags for this call, so other clusters' rules of the account can be reordered, not changed.
    { sid: "OrderRules", actions: ["elasticloadbalancing:SetRulePriorities"], resources: rules },
  ];
}
