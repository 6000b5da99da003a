import { NetworkingPortV2 } from "@cdktf/provider-openstack/lib/networking-port-v2";
import { Construct } from "constructs";
import type { ClusterNode } from "../config/cluster-config.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import type { Network } from "./network.js";

export interface NodePortProps {
  readonly identity: ClusterIdentity;
  readonly node: ClusterNode;
  readonly network: Network;
  readonly securityGroupId: string;
  /** Addresses beside its own that the node may use: virtual IPs. @default - none */
  readonly virtualIps?: readonly string[];
}

/** A node's port: it outlives the server, so that a replaced node keeps its address. */
export class NodePort extends Construct {
  readonly portId: string;
  /** The node's IPv4 address: known before apply when it is fixed, else from Neutron. */
  readonly address: string;

  constructor(scope: Construct, id: string, props: NodePortProps) {
    super(scope, id);
    const { identity, node, network } = props;
    const port = new NetworkingPortV2(this, "Default", {
      name: node.serverName,
      description: identity.description(`Port of ${node.key}`),
      networkId: network.networkId,
      adminStateUp: true,
      fixedIp: [
        { subnetId: network.subnetId, ...(node.fixedAddress !== undefined && { ipAddress: node.fixedAddress }) },
      ],
      securityGroupIds: [props.securityGroupId],
      ...(props.virtualIps !== undefined &&
        props.virtualIps.length > 0 && {
          allowedAddressPairs: props.virtualIps.map((ipAddress) => ({ ipAddress })),
        }),
      tags: identity.tags(node.role),
    });
    this.portId = port.id;
    this.address = node.fixedAddress ?? `\${${port.fqn}.all_fixed_ips[0]}`;
  }
}
