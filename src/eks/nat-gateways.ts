import type { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway/index.js";
import { Eip } from "@cdktf/provider-aws/lib/eip/index.js";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway/index.js";
import { Construct } from "constructs";
import type { EksProvider } from "../config/cluster-config.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";

export interface NatGatewaysProps {
  readonly identity: ClusterIdentity;
  readonly mode: EksProvider["nat"];
  /** By the zone's letter. */
  readonly publicSubnetIds: Readonly<Record<string, string>>;
  /** A gateway works only while this is attached. */
  readonly internet: InternetGateway;
}

/** The way out for nodes, which have no public addresses. */
export class NatGateways extends Construct {
  private readonly gateways: ReadonlyMap<string, string>;
  private readonly shared: string | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NatGatewaysProps,
  ) {
    super(scope, id);
    const subnets = Object.entries(props.publicSubnetIds).sort(([a], [b]) => (a < b ? -1 : 1));
    const [first] = subnets;
    const zones = props.mode === "per-zone" ? subnets : [];
    this.gateways = new Map(zones.map(([letter, subnetId]) => [letter, this.addGateway(letter, subnetId)]));
    // Keyed by no zone: its address stays when it moves to another.
    this.shared = props.mode === "single" && first !== undefined ? this.addGateway("shared", first[1]) : undefined;
  }

  /** The gateway that a zone's nodes use; undefined when they have none. */
  gatewayFor(letter: string): string | undefined {
    return this.shared ?? this.gateways.get(letter);
  }

  private addGateway(key: string, subnetId: string): string {
    const { identity, internet } = this.props;
    const tags = { Name: identity.resourceName(`nat-${key}`) };
    const address = new Eip(this, `address-${key}`, { domain: "vpc", tags });
    return new NatGateway(this, key, { allocationId: address.id, subnetId, tags, dependsOn: [internet] }).id;
  }
}
