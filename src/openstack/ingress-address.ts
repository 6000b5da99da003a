import { Construct } from "constructs";
import type { OpenStackClusterConfig } from "../config/cluster-config.js";
import { FloatingIp } from "./floating-ip.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import type { Network } from "./network.js";
import { VirtualIp } from "./virtual-ip.js";

export interface IngressAddressProps {
  readonly identity: ClusterIdentity;
  readonly network: Network;
  readonly config: OpenStackClusterConfig;
}

/** The public address of the ingress: reserved for a Service of type LoadBalancer, or leading to a virtual IP. */
export class IngressAddress extends Construct {
  readonly publicAddress: string;
  /** Virtual IPs that the workers' ports must allow. */
  readonly virtualIps: readonly string[];

  constructor(scope: Construct, id: string, props: IngressAddressProps) {
    super(scope, id);
    const { identity, network, config } = props;
    switch (config.provider.ingress) {
      case "load-balancer":
        this.virtualIps = [];
        this.publicAddress = new FloatingIp(this, "public", {
          identity,
          network,
          purpose: "Address of the ingress",
        }).address;
        return;
      case "virtual-ip": {
        const address = config.addresses.ingressVirtualIp;
        this.virtualIps = [address];
        this.publicAddress = new VirtualIp(this, "virtual-ip", {
          identity,
          network,
          service: "ingress",
          address,
        }).floatingIp.address;
        return;
      }
    }
  }
}
