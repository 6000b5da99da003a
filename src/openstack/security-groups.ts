import { NetworkingSecgroupRuleV2 } from "@cdktf/provider-openstack/lib/networking-secgroup-rule-v2";
import { NetworkingSecgroupV2 } from "@cdktf/provider-openstack/lib/networking-secgroup-v2";
import { Construct } from "constructs";
import type { NodeRole } from "../config/cluster-config.js";
import type { Flow, Sender } from "./flows.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";

export interface SecurityGroupsProps {
  readonly identity: ClusterIdentity;
  /** Roles that get a group. */
  readonly roles: readonly NodeRole[];
  /** What may reach them; nothing else does. */
  readonly flows: readonly Flow[];
}

/** One security group a role, its rules made from the declared flows. Nodes may open any connection themselves. */
export class SecurityGroups extends Construct {
  private readonly groups = new Map<NodeRole, NetworkingSecgroupV2>();

  constructor(scope: Construct, id: string, props: SecurityGroupsProps) {
    super(scope, id);
    for (const role of props.roles) {
      const group = new NetworkingSecgroupV2(this, role, {
        name: props.identity.resourceName(role),
        description: props.identity.description(`Nodes of role ${role}`),
        // Neutron's default rules would open egress twice and hide from review what is open.
        deleteDefaultRules: true,
        tags: props.identity.tags(role),
      });
      this.groups.set(role, group);
      new NetworkingSecgroupRuleV2(this, `${role}-egress`, {
        securityGroupId: group.id,
        description: "nodes to anywhere",
        direction: "egress",
        ethertype: "IPv4",
      });
    }
    // Neutron refuses a second rule that says the same, whatever its description.
    const said = new Set<string>();
    for (const flow of props.flows) {
      for (const sender of flow.from) {
        const rule = JSON.stringify([flow.to, flow.protocol, flow.ports, sender]);
        if (!said.has(rule)) this.allow(flow, sender);
        said.add(rule);
      }
    }
  }

  /** Id of the security group of a role. */
  groupId(role: NodeRole): string {
    const group = this.groups.get(role);
    if (group === undefined) throw new RangeError(`no security group for the role ${role}`);
    return group.id;
  }

  private allow(flow: Flow, sender: Sender): void {
    new NetworkingSecgroupRuleV2(this, ruleId(flow, sender), {
      securityGroupId: this.groupId(flow.to),
      description: flow.purpose,
      direction: "ingress",
      ethertype: "IPv4",
      protocol: flow.protocol,
      ...(flow.ports !== undefined && { portRangeMin: flow.ports[0], portRangeMax: flow.ports[1] }),
      ...("role" in sender ? { remoteGroupId: this.groupId(sender.role) } : { remoteIpPrefix: sender.cidr }),
    });
  }
}

/** `controller-api-from-worker`, `controller-api-clients-from-198-51-100-0-24` */
function ruleId(flow: Flow, sender: Sender): string {
  const from = "role" in sender ? sender.role : sender.cidr.replace(/[./]/g, "-");
  return `${flow.to}-${flow.name}-from-${from}`;
}
