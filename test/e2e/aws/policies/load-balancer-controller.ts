import { ACCOUNT, demo, other, REGION } from "../../../eks/policies/support/documents.js";
import { call, calls, ec2, looks, setting, tagged, type ServiceCalls, type Target } from "./calls.js";

const CLUSTER_TAG = "elbv2.k8s.aws/cluster";
const own = { [CLUSTER_TAG]: "demo", "service.k8s.aws/stack": "default/web" };
const foreign = { [CLUSTER_TAG]: "other" };

type Context = NonNullable<Target["context"]>;
const elb = (resource: string, context: Context, unchecked?: string): Target => ({
  resource: `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:${resource}`,
  context,
  ...(unchecked !== undefined && { unchecked }),
});
const BALANCER = "loadbalancer/net/k8s-web/1";
const LISTENER = "listener/net/k8s-web/1/2";
const RULE = "listener-rule/app/k8s-web/1/2/3";
const TARGETS = "targetgroup/k8s-web/4";
const OF_CLASSIC = "AWS' list has the classic balancers' call of the same name, which knows only those";

const acm = (id: string, region = REGION) => ({ resource: `arn:aws:acm:${region}:${ACCOUNT}:certificate/${id}` });
const group = (context: Context) => ec2("security-group/sg-1", context);
const vpc = { resource: demo.vpcArn };
const created = (action: string, tags: Readonly<Record<string, string>> = own) => ({
  ...setting(tags),
  [action === "CreateSecurityGroup" ? "ec2:CreateAction" : "elasticloadbalancing:CreateAction"]: action,
});
const RULES = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"];
const serviceRole = (service: string) => ({
  resource: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/${service}.amazonaws.com/AWSServiceRoleFor${service === "elasticloadbalancing" ? "ElasticLoadBalancing" : "Support"}`,
  context: { "iam:AWSServiceName": `${service}.amazonaws.com` },
});

const prefixed = (prefix: string, ...names: readonly string[]) => names.map((name) => `${prefix}:${name}`);
const elbActions = (...names: readonly string[]) => prefixed("elasticloadbalancing", ...names);

export const loadBalancerControllerCalls: ServiceCalls = {
  allowed: [
    ...looks(
      ...prefixed(
        "ec2",
        ...["AccountAttributes", "Addresses", "AvailabilityZones", "Instances", "InternetGateways"].map(
          (n) => `Describe${n}`,
        ),
        ...["NetworkInterfaces", "RouteTables", "SecurityGroups", "Subnets", "Tags"].map((n) => `Describe${n}`),
        ...["VpcPeeringConnections", "Vpcs"].map((n) => `Describe${n}`),
      ),
      ...elbActions(
        ...["CapacityReservation", "ListenerAttributes", "ListenerCertificates", "Listeners"].map(
          (n) => `Describe${n}`,
        ),
        ...["LoadBalancerAttributes", "LoadBalancers", "Rules", "SSLPolicies", "Tags"].map((n) => `Describe${n}`),
        ...["TargetGroupAttributes", "TargetGroups", "TargetHealth", "TrustStores"].map((n) => `Describe${n}`),
      ),
      "acm:ListCertificates",
    ),
    call("read a certificate", "acm:DescribeCertificate", acm("1")),
    call("find security groups", "ec2:GetSecurityGroupsForVpc", vpc),
    call("have the account's service role made", "iam:CreateServiceLinkedRole", serviceRole("elasticloadbalancing")),
    call("make a security group", "ec2:CreateSecurityGroup", vpc, group(setting(own))),
    call("tag a new security group", "ec2:CreateTags", group(created("CreateSecurityGroup"))),
    ...calls(
      "tags of its group",
      ["ec2:CreateTags", "ec2:DeleteTags"],
      group({ ...tagged(own), ...setting({ team: "x" }) }),
    ),
    ...calls("on its group", [...RULES, "ec2:DeleteSecurityGroup"], group(tagged(own))),
    ...calls("on the nodes' group", RULES, group(tagged({ "kubernetes.io/cluster/demo": "owned" }))),
    ...calls("on a group that it shares", RULES, group(tagged({ "kubernetes.io/cluster/demo": "shared" }))),
    call("make a balancer", "elasticloadbalancing:CreateLoadBalancer", elb(BALANCER, setting(own))),
    call("make a target group", "elasticloadbalancing:CreateTargetGroup", elb(TARGETS, setting(own))),
    call("make a listener", "elasticloadbalancing:CreateListener", elb(BALANCER, { ...tagged(own), ...setting(own) })),
    call(
      "make a rule",
      "elasticloadbalancing:CreateRule",
      elb("listener/app/k8s-web/1/2", { ...tagged(own), ...setting(own) }),
    ),
    call("tag a new balancer", "elasticloadbalancing:AddTags", elb(BALANCER, created("CreateLoadBalancer"))),
    call(
      "tag a new target group",
      "elasticloadbalancing:AddTags",
      elb(TARGETS, created("CreateTargetGroup"), OF_CLASSIC),
    ),
    call("tag a new listener", "elasticloadbalancing:AddTags", elb(LISTENER, created("CreateListener"), OF_CLASSIC)),
    call("tag a new rule", "elasticloadbalancing:AddTags", elb(RULE, created("CreateRule"), OF_CLASSIC)),
    ...[BALANCER, TARGETS, LISTENER, RULE].flatMap((arn) =>
      calls(
        `of its ${arn}`,
        elbActions("AddTags", "RemoveTags"),
        elb(arn, { ...tagged(own), ...setting({ team: "x" }) }, arn === BALANCER ? undefined : OF_CLASSIC),
      ),
    ),
    ...calls(
      "of its balancer",
      elbActions(
        "DeleteLoadBalancer",
        "ModifyLoadBalancerAttributes",
        "SetIpAddressType",
        "SetSecurityGroups",
        "SetSubnets",
      ),
      elb(BALANCER, tagged(own)),
    ),
    ...calls(
      "of its listener",
      elbActions(
        ...["AddListenerCertificates", "DeleteListener", "ModifyListener", "ModifyListenerAttributes"],
        "RemoveListenerCertificates",
      ),
      elb(LISTENER, tagged(own)),
    ),
    ...calls("of its balancer", elbActions("DeleteRule", "ModifyRule"), elb(RULE, tagged(own))),
    ...calls(
      "of its targets",
      elbActions(
        ...["DeleteTargetGroup", "DeregisterTargets", "ModifyTargetGroup", "ModifyTargetGroupAttributes"],
        "RegisterTargets",
      ),
      elb(TARGETS, tagged(own)),
    ),
    call("order rules", "elasticloadbalancing:SetRulePriorities", elb(RULE, {})),
  ],
  refused: [
    ...calls("on another cluster's group", [...RULES, "ec2:DeleteSecurityGroup"], group(tagged(foreign))),
    ...calls("on a group without tags", [...RULES, "ec2:DeleteSecurityGroup"], group({})),
    ...calls("on another cluster's nodes", RULES, group(tagged({ "kubernetes.io/cluster/other": "owned" }))),
    ...calls(
      "on a group that is tagged for no use of the cluster",
      RULES,
      group(tagged({ "kubernetes.io/cluster/demo": "no" })),
    ),
    call(
      "delete the nodes' group",
      "ec2:DeleteSecurityGroup",
      group(tagged({ "kubernetes.io/cluster/demo": "owned" })),
    ),
    call("let more out of a group", "ec2:AuthorizeSecurityGroupEgress", group(tagged(own))),
    call("make a group without tags", "ec2:CreateSecurityGroup", vpc, group({})),
    call("make a group in another VPC", "ec2:CreateSecurityGroup", { resource: other.vpcArn }, group(setting(own))),
    call("make a group its own", "ec2:CreateTags", group(setting(own))),
    call(
      "tag a group of another making",
      "ec2:CreateTags",
      group({ ...setting(own), "ec2:CreateAction": "CreateVpc" }),
    ),
    call("tag a new group as another cluster's", "ec2:CreateTags", group(created("CreateSecurityGroup", foreign))),
    call(
      "change tags of another cluster's group",
      "ec2:CreateTags",
      group({ ...tagged(foreign), ...setting({ team: "x" }) }),
    ),
    call(
      "remove its group's cluster",
      "ec2:DeleteTags",
      group({ ...tagged(own), ...setting({ [CLUSTER_TAG]: "demo" }) }),
    ),
    call("remove all tags of its group", "ec2:DeleteTags", group(tagged(own))),
    call(
      "tag its group as the nodes'",
      "ec2:CreateTags",
      group({ ...tagged(own), ...setting({ "kubernetes.io/cluster/demo": "owned" }) }),
    ),
    call("make a balancer without tags", "elasticloadbalancing:CreateLoadBalancer", elb(BALANCER, {})),
    call("make another cluster's balancer", "elasticloadbalancing:CreateLoadBalancer", elb(BALANCER, setting(foreign))),
    call(
      "listen at another cluster's balancer",
      "elasticloadbalancing:CreateListener",
      elb(BALANCER, { ...tagged(foreign), ...setting(own) }),
    ),
    call("make a listener without tags", "elasticloadbalancing:CreateListener", elb(BALANCER, tagged(own))),
    call(
      "delete another cluster's balancer",
      "elasticloadbalancing:DeleteLoadBalancer",
      elb(BALANCER, tagged(foreign)),
    ),
    call("change another cluster's listener", "elasticloadbalancing:ModifyListener", elb(LISTENER, tagged(foreign))),
    call(
      "send traffic of another cluster elsewhere",
      "elasticloadbalancing:RegisterTargets",
      elb(TARGETS, tagged(foreign)),
    ),
    call("use a target group without tags", "elasticloadbalancing:RegisterTargets", elb(TARGETS, {})),
    call(
      "make a balancer its own",
      "elasticloadbalancing:AddTags",
      elb(BALANCER, { ...tagged(foreign), ...setting(own) }),
    ),
    call(
      "tag a balancer of another making",
      "elasticloadbalancing:AddTags",
      elb(BALANCER, created("CreateTrustStore")),
    ),
    call(
      "tag a new balancer as another cluster's",
      "elasticloadbalancing:AddTags",
      elb(BALANCER, created("CreateLoadBalancer", foreign)),
    ),
    call(
      "change tags of another's balancer",
      "elasticloadbalancing:AddTags",
      elb(BALANCER, { ...tagged(foreign), ...setting({ team: "x" }) }),
    ),
    call(
      "remove its balancer's cluster",
      "elasticloadbalancing:RemoveTags",
      elb(BALANCER, { ...tagged(own), ...setting({ [CLUSTER_TAG]: "" }) }),
    ),
    call("remove all tags of its balancer", "elasticloadbalancing:RemoveTags", elb(BALANCER, tagged(own))),
    call("have another service role made", "iam:CreateServiceLinkedRole", serviceRole("support")),
    call("have another service's role made", "iam:CreateServiceLinkedRole", {
      ...serviceRole("elasticloadbalancing"),
      context: { "iam:AWSServiceName": "support.amazonaws.com" },
    }),
    call("read a certificate of another region", "acm:DescribeCertificate", acm("1", "us-east-1")),
    call("take a certificate out", "acm:ExportCertificate", acm("1")),
    call("put a firewall before a balancer", "elasticloadbalancing:SetWebAcl", { resource: "*" }),
    call("buy protection", "shield:CreateProtection", { resource: "*" }),
  ],
};
