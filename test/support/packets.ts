import { Cidr } from "../../src/lib/cidr.js";
import type { NodeRole } from "../../src/config/cluster-config.js";
import type { Flow } from "../../src/openstack/flows.js";
import type { SynthesizedJson } from "./synthesized.js";

/** A connection attempt as a node's port sees it. */
export interface Packet {
  /** Role of the sending port's security group; undefined for whatever is in no group of the cluster. */
  readonly role?: NodeRole;
  /** Source address as it arrives, after any translation. */
  readonly address: string;
  readonly to: NodeRole;
  readonly protocol: "tcp" | "udp" | "icmp";
  readonly port?: number;
}

/** A security group rule, its groups named by role. */
export interface IngressRule {
  readonly group: string;
  readonly protocol: string | undefined;
  readonly ports: readonly [number, number] | undefined;
  readonly remoteGroup: string | undefined;
  readonly remoteCidr: string | undefined;
}

/** What Neutron does with a packet: a rule that admits it, or none. */
export function admits(rules: readonly IngressRule[], packet: Packet): boolean {
  return rules.some(
    (rule) =>
      rule.group === packet.to &&
      (rule.protocol === undefined || rule.protocol === packet.protocol) &&
      inRange(rule.ports, packet.port) &&
      (rule.remoteGroup === undefined || rule.remoteGroup === packet.role) &&
      (rule.remoteCidr === undefined || Cidr.parse(rule.remoteCidr).contains(packet.address)),
  );
}

/** Whether a declared flow covers a packet. */
export function declares(flows: readonly Flow[], packet: Packet): boolean {
  return flows.some(
    (flow) =>
      flow.to === packet.to &&
      flow.protocol === packet.protocol &&
      inRange(flow.ports, packet.port) &&
      flow.from.some((sender) =>
        "role" in sender ? sender.role === packet.role : Cidr.parse(sender.cidr).contains(packet.address),
      ),
  );
}

function inRange(ports: readonly [number, number] | undefined, port: number | undefined): boolean {
  if (ports === undefined) return true;
  return port !== undefined && port >= ports[0] && port <= ports[1];
}

interface RuleAttributes {
  readonly direction: string;
  readonly security_group_id: string;
  readonly protocol?: string;
  readonly port_range_min?: number;
  readonly port_range_max?: number;
  readonly remote_group_id?: string;
  readonly remote_ip_prefix?: string;
}

/** The ingress rules of a synthesized stack. */
export function rulesOf(stack: SynthesizedJson): readonly IngressRule[] {
  return Object.values(stack.resource["openstack_networking_secgroup_rule_v2"] ?? {})
    .map((attributes) => attributes as unknown as RuleAttributes)
    .filter(({ direction }) => direction === "ingress")
    .map((rule) => toIngressRule(rule, roleOfReference));
}

/** @param roleOf the role whose group a group's reference, or id, names */
export function toIngressRule(rule: RuleAttributes, roleOf: (group: string) => string): IngressRule {
  const { port_range_min: first, port_range_max: last, remote_group_id: remote } = rule;
  return {
    group: roleOf(rule.security_group_id),
    // Neutron reads an absent attribute as any; the provider writes it as an empty text or zero.
    protocol: rule.protocol === "" ? undefined : rule.protocol,
    ports: first === undefined || last === undefined || last === 0 ? undefined : [first, last],
    remoteGroup: remote === undefined || remote === "" ? undefined : roleOf(remote),
    remoteCidr: rule.remote_ip_prefix === "" ? undefined : rule.remote_ip_prefix,
  };
}

function roleOfReference(reference: string): string {
  const match = /openstack_networking_secgroup_v2\.security-group_([a-z]+)\.id/.exec(reference);
  if (match?.[1] === undefined) throw new Error(`no security group of a role: ${reference}`);
  return match[1];
}
