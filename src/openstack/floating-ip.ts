import { NetworkingFloatingipV2 } from "@cdktf/provider-openstack/lib/networking-floatingip-v2";
import { Construct } from "constructs";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import type { Network } from "./network.js";

export interface FloatingIpProps {
  readonly identity: ClusterIdentity;
  readonly network: Network;
  /** What the address is for, in its description. */
  readonly purpose: string;
  /** Port that the address leads to. @default - none: reserved for a use outside Terraform */
  readonly portId?: string;
}

/** A public address. It is kept when the port that it leads to is replaced. */
export class FloatingIp extends Construct {
  readonly address: string;

  constructor(scope: Construct, id: string, props: FloatingIpProps) {
    super(scope, id);
    const floatingIp = new NetworkingFloatingipV2(this, "Default", {
      pool: props.network.floatingIpPool,
      description: props.identity.description(props.purpose),
      ...(props.portId !== undefined && { portId: props.portId }),
      tags: props.identity.tags(),
      dependsOn: [props.network.routerInterface],
    });
    this.address = floatingIp.address;
  }
}
