import type { End, Flow, GatewayService, Group } from "../../../src/eks/flows.js";
import { Cidr } from "../../../src/lib/cidr.js";
import { resourcesOf, type Attributes, type SynthesizedJson } from "../../support/synthesized.js";

/** Where a packet comes from or goes to. */
export interface Place {
  /** Security group of its network interface; undefined for whatever is in no group of the cluster. */
  readonly group?: Group;
  readonly address: string;
  /** Whose addresses AWS lists for a gateway endpoint. */
  readonly service?: GatewayService;
}

/** The first packet of a connection: security groups let the answers through by themselves. */
export interface Packet {
  readonly from: Place;
  readonly to: Place;
  readonly protocol: "tcp" | "udp" | "icmp";
  readonly port?: number;
}

/** A rule of a security group, as EC2 reads it. */
export interface Rule {
  readonly direction: "egress" | "ingress";
  readonly group: Group;
  /** Undefined: all. */
  readonly protocol: string | undefined;
  readonly ports: readonly [number, number] | undefined;
  readonly peer: End;
}

/** What EC2 does with a packet: each end that is in a group must have a rule that lets it through. */
export function passes(rules: readonly Rule[], packet: Packet): boolean {
  const { from, to } = packet;
  const permitted = (direction: Rule["direction"], own: Place, other: Place) =>
    own.group === undefined ||
    rules.some(
      (rule) =>
        rule.direction === direction &&
        rule.group === own.group &&
        (rule.protocol === undefined || rule.protocol === packet.protocol) &&
        inRange(rule.ports, packet.port) &&
        isAt(rule.peer, other),
    );
  return permitted("egress", from, to) && permitted("ingress", to, from);
}

/** Whether flows declare a packet: one that its sender may send it, and one that its receiver takes it. */
export function declares(flows: readonly Flow[], packet: Packet): boolean {
  const { from, to } = packet;
  const covering = flows.filter(
    (flow) =>
      (flow.protocol === "all" || flow.protocol === packet.protocol) &&
      inRange(flow.ports, packet.port) &&
      flow.from.some((end) => isAt(end, from)) &&
      flow.to.some((end) => isAt(end, to)),
  );
  const names = (ends: readonly End[], { group }: Place) =>
    group === undefined || ends.some((end) => "group" in end && end.group === group);
  return covering.some((flow) => names(flow.from, from)) && covering.some((flow) => names(flow.to, to));
}

function isAt(end: End, { group, address, service }: Place): boolean {
  if ("group" in end) return end.group === group;
  return "gateway" in end ? end.gateway === service : Cidr.parse(end.cidr).contains(address);
}

function inRange(ports: readonly [number, number] | undefined, port: number | undefined): boolean {
  if (ports === undefined) return true;
  return port !== undefined && port >= ports[0] && port <= ports[1];
}

/** The rules of a synthesized stack, of both directions. */
export function rulesOf(stack: SynthesizedJson): readonly Rule[] {
  return (["egress", "ingress"] as const).flatMap((direction) =>
    Object.values(resourcesOf(stack, `aws_vpc_security_group_${direction}_rule`)).map((attributes) => ({
      direction,
      group: groupOf(attributes["security_group_id"]),
      protocol: attributes["ip_protocol"] === "-1" ? undefined : (attributes["ip_protocol"] as string),
      ports: portsOf(attributes),
      peer: peerOf(attributes),
    })),
  );
}

/** EC2 looks at ports only where a rule names TCP or UDP. */
function portsOf({ ip_protocol, from_port, to_port }: Attributes): Rule["ports"] {
  return ip_protocol === "-1" ? undefined : [Number(from_port), Number(to_port)];
}

/** EC2 takes exactly one. */
function peerOf(attributes: Attributes): End {
  const { referenced_security_group_id: group, cidr_ipv4: cidr, prefix_list_id: list } = attributes;
  const given = [group, cidr, list].filter((peer) => peer !== undefined);
  if (given.length !== 1) throw new Error(`${given.length} peers: ${JSON.stringify(attributes)}`);
  if (group !== undefined) return { group: groupOf(group) };
  if (typeof cidr === "string") return { cidr };
  const service = /aws_vpc_endpoint\.vpc-endpoint_(s3|dynamodb)\.prefix_list_id/.exec(String(list))?.[1];
  if (service === undefined) throw new Error(`no list of a gateway endpoint: ${String(list)}`);
  return { gateway: service as GatewayService };
}

function groupOf(reference: unknown): Group {
  const match = /aws_security_group\.security-group_([a-z-]+)\.id/.exec(String(reference));
  if (match?.[1] === undefined) throw new Error(`no security group of the cluster: ${String(reference)}`);
  return match[1] as Group;
}
