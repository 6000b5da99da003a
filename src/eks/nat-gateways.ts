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
  private readonly gateways = new Map<string, string>();
  private readonly shared: boolean;

  constructor(scope: Construct, id: string, props: NatGatewaysProps) {
    super(scope, id);
    this.shared = props.mode === "single";
    for (const [letter, subnetId] of subnetsWithGateway(props)) {
      const tags = { Name: props.identity.resourceName(`nat-${letter}`) };
      const address = new Eip(this, `address-${letter}`, { domain: "vpc", tags });
      const gateway = new NatGateway(this, letter, {
        allocationId: address.id,
        subnetId,
        tags,
        dependsOn: [props.internet],
      });
      this.gateways.set(letter, gateway.id);
    }
  }

  /** The gateway that a zone's nodes use; undefined when they have none. */
  gatewayFor(letter: string): string | undefined {
    return this.shared ? [...this.gateways.values()][0] : this.gateways.get(letter);
  }
}

function subnetsWithGateway({ mode, publicSubnetIds }: NatGatewaysProps): readonly (readonly [string, string])[] {
  // The first by its letter, wherever it stands in the list.
  const subnets = Object.entries(publicSubnetIds).sort(([a], [b]) => (a < b ? -1 : 1));
  switch (mode) {
    case "per-zone":
      return subnets;
    case "single":
      return subnets.slice(0, 1);
    case "none":
      return [];
  }
}
