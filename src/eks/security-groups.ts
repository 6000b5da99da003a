import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group/index.js";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import { acceptRisk } from "./accepted-risk.js";
import type { End, Flow, GatewayService, Group } from "./flows.js";

/** Address lists of gateway endpoints, which a rule can name. */
export type PrefixLists = Readonly<Record<GatewayService, string>>;

export interface SecurityGroupsProps {
  readonly identity: ClusterIdentity;
  readonly vpcId: string;
  readonly groups: readonly Group[];
}

const PURPOSES: Readonly<Record<Group, string>> = {
  "control-plane": "Network interfaces of the control plane",
  workers: "Nodes and pods",
  "load-balancers": "Balancers of the ingress",
  endpoints: "Interface endpoints of AWS services",
};

/** The groups of a cluster; {@link SecurityGroups.allow} gives them their rules. */
export class SecurityGroups extends Construct {
  private readonly groups = new Map<Group, SecurityGroup>();
  private readonly made: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: SecurityGroupsProps) {
    super(scope, id);
    const { identity } = props;
    for (const group of props.groups) {
      const name = identity.resourceName(group);
      const tags = {
        Name: name,
        // By it the load balancer controller knows the group that it may add its own balancers to.
        ...(group === "workers" && { [`kubernetes.io/cluster/${identity.clusterName}`]: "owned" }),
      };
      const description = identity.description(PURPOSES[group]);
      const securityGroup = new SecurityGroup(this, group, { name, description, vpcId: props.vpcId, tags });
      if (group === "load-balancers") {
        acceptRisk(securityGroup, { CKV2_AWS_5: "the load balancer controller gives it to the ingress' balancer" });
      }
      this.groups.set(group, securityGroup);
    }
  }

  /** Traffic flows once these are there. */
  get rules(): readonly ITerraformDependable[] {
    return this.made;
  }

  groupId(group: Group): string {
    const found = this.groups.get(group);
    if (found === undefined) throw new RangeError(`no security group ${group}`);
    return found.id;
  }

  /** Lets the declared flows through: out at the sender's group, in at the receiver's. */
  allow(flows: readonly Flow[], prefixLists: PrefixLists): void {
    for (const flow of flows) {
      for (const from of flow.from) {
        for (const to of flow.to) this.allowOne(flow, from, to, prefixLists);
      }
    }
  }

  private allowOne(flow: Flow, from: End, to: End, prefixLists: PrefixLists): void {
    const common = {
      description: flow.purpose,
      ipProtocol: flow.protocol === "all" ? "-1" : flow.protocol,
      ...(flow.ports !== undefined && { fromPort: flow.ports[0], toPort: flow.ports[1] }),
    };
    if ("group" in from) {
      const securityGroupId = this.groupId(from.group);
      const rule = { securityGroupId, ...common, ...this.peer(to, prefixLists) };
      this.made.push(new VpcSecurityGroupEgressRule(this, `${from.group}-${flow.name}-to-${endId(to)}`, rule));
    }
    if ("group" in to) {
      const securityGroupId = this.groupId(to.group);
      const rule = { securityGroupId, ...common, ...this.peer(from, prefixLists) };
      const made = new VpcSecurityGroupIngressRule(this, `${to.group}-${flow.name}-from-${endId(from)}`, rule);
      if ("cidr" in from && from.cidr === EVERYBODY && flow.ports?.[0] === HTTP_PORT) {
        acceptRisk(made, { CKV_AWS_260: "bootstrap.yaml opens the ingress to everybody; http leads on to https" });
      }
      this.made.push(made);
    }
  }

  private peer(end: End, prefixLists: PrefixLists) {
    if ("group" in end) return { referencedSecurityGroupId: this.groupId(end.group) };
    return "cidr" in end ? { cidrIpv4: end.cidr } : { prefixListId: prefixLists[end.gateway] };
  }
}

const EVERYBODY = "0.0.0.0/0";
const HTTP_PORT = 80;

/** `workers`, `198-51-100-0-24`, `s3` */
function endId(end: End): string {
  if ("group" in end) return end.group;
  return "cidr" in end ? end.cidr.replace(/[./]/g, "-") : end.gateway;
}
