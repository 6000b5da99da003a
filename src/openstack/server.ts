import { Construct } from "constructs";
import type { ClusterNode, EtcdVolume as EtcdVolumeSpec } from "../config/cluster-config.js";
import type { Catalog } from "./catalog.js";
import { EtcdVolume } from "./etcd-volume.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import { Instance } from "./instance.js";
import type { Network } from "./network.js";
import { NodePort } from "./node-port.js";
import type { ServerGroup } from "./server-group.js";

export interface ServerProps {
  readonly identity: ClusterIdentity;
  readonly spec: ClusterNode;
  readonly network: Network;
  readonly catalog: Catalog;
  readonly serverGroup: ServerGroup;
  readonly securityGroupId: string;
  /** Makes the node's Ignition document. @param etcdVolume the volume of the etcd member that the node carries, if any */
  readonly userData: (etcdVolume: EtcdVolume | undefined) => string;
  /** Virtual IPs that may move to the node. @default - none */
  readonly virtualIps?: readonly string[];
  /** Volume of the etcd member that the node carries. @default - the node carries none */
  readonly etcdVolume?: EtcdVolumeSpec;
}

/** A node with all that is its own: port, server, and the volume of its etcd member. */
export class Server extends Construct {
  readonly spec: ClusterNode;
  readonly port: NodePort;

  constructor(scope: Construct, id: string, props: ServerProps) {
    super(scope, id);
    const { identity, spec } = props;
    this.spec = spec;
    this.port = new NodePort(this, "port", { ...props, node: spec });
    const volume =
      props.etcdVolume && new EtcdVolume(this, "etcd-volume", { identity, node: spec, volume: props.etcdVolume });
    const userData = props.userData(volume);
    const instance = new Instance(this, "instance", { ...props, node: spec, port: this.port, userData });
    volume?.attachTo(instance);
  }
}
