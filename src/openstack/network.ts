import { DataOpenstackNetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/data-openstack-networking-network-v2";
import { NetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/networking-network-v2";
import { NetworkingRouterInterfaceV2 } from "@cdktf/provider-openstack/lib/networking-router-interface-v2";
import { NetworkingRouterV2 } from "@cdktf/provider-openstack/lib/networking-router-v2";
import { NetworkingSubnetV2 } from "@cdktf/provider-openstack/lib/networking-subnet-v2";
import { Construct } from "constructs";
import type { AddressPlan } from "../config/cluster-config.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";

export interface NetworkProps {
  readonly identity: ClusterIdentity;
  /** IPv4 network of the nodes, in CIDR notation. */
  readonly nodeCidr: string;
  readonly addresses: AddressPlan;
  /** Name of the network that floating IPs come from. */
  readonly externalNetwork: string;
  /** @default - those of the cloud's network service */
  readonly dnsServers?: readonly string[];
}

/** The cluster's private network, with a router to the external network. */
export class Network extends Construct {
  readonly networkId: string;
  readonly subnetId: string;
  /** Network that floating IPs come from. */
  readonly externalNetworkId: string;
  /** Name of the pool that floating IPs are taken from. */
  readonly floatingIpPool: string;
  /** A floating IP can be bound to a port only while this exists. */
  readonly routerInterface: NetworkingRouterInterfaceV2;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { identity, addresses } = props;
    const name = identity.resourceName("nodes");
    const tags = identity.tags();

    const external = new DataOpenstackNetworkingNetworkV2(this, "external", {
      name: props.externalNetwork,
      external: true,
    });
    const network = new NetworkingNetworkV2(this, "Default", {
      name,
      description: identity.description("Node network"),
      adminStateUp: true,
      tags,
    });
    const subnet = new NetworkingSubnetV2(this, "subnet", {
      name,
      description: identity.description("Node network"),
      networkId: network.id,
      cidr: props.nodeCidr,
      ipVersion: 4,
      gatewayIp: addresses.gateway,
      allocationPool: [{ start: addresses.pool.start, end: addresses.pool.end }],
      dnsNameservers: [...(props.dnsServers ?? [])],
      tags,
    });
    const router = new NetworkingRouterV2(this, "router", {
      name: identity.resourceName("router"),
      description: identity.description("Router"),
      adminStateUp: true,
      externalNetworkId: external.id,
      tags,
    });
    this.routerInterface = new NetworkingRouterInterfaceV2(this, "router-interface", {
      routerId: router.id,
      subnetId: subnet.id,
    });
    this.networkId = network.id;
    this.subnetId = subnet.id;
    this.externalNetworkId = external.id;
    this.floatingIpPool = props.externalNetwork;
  }
}
