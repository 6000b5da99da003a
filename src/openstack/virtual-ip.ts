import { NetworkingPortV2 } from "@cdktf/provider-openstack/lib/networking-port-v2";
import { Construct } from "constructs";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import { FloatingIp } from "./floating-ip.js";
import type { Network } from "./network.js";

export interface VirtualIpProps {
  readonly identity: ClusterIdentity;
  readonly network: Network;
  /** Part of the port's name after the cluster's: `api`, `ingress`. */
  readonly service: string;
  /** The address on the node network. */
  readonly address: string;
}

/**
 * An address that moves between nodes, with a floating IP. Its port reserves the address; the nodes' own ports list it
 * as an allowed address, and their security groups decide what reaches it.
 */
export class VirtualIp extends Construct {
  readonly address: string;
  readonly floatingIp: FloatingIp;

  constructor(scope: Construct, id: string, props: VirtualIpProps) {
    super(scope, id);
    const { identity, network } = props;
    const port = new NetworkingPortV2(this, "port", {
      name: identity.resourceName(`${props.service}-virtual-ip`),
      description: identity.description(`Virtual IP of the ${props.service}`),
      networkId: network.networkId,
      adminStateUp: true,
      fixedIp: [{ subnetId: network.subnetId, ipAddress: props.address }],
      noSecurityGroups: true,
      tags: identity.tags(),
    });
    this.address = props.address;
    this.floatingIp = new FloatingIp(this, "public", {
      identity,
      network,
      purpose: `Address of the ${props.service}`,
      portId: port.id,
    });
  }
}
