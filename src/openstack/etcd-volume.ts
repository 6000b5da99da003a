import { BlockstorageVolumeV3 } from "@cdktf/provider-openstack/lib/blockstorage-volume-v3";
import { ComputeVolumeAttachV2 } from "@cdktf/provider-openstack/lib/compute-volume-attach-v2";
import { Construct } from "constructs";
import type { ClusterNode, EtcdVolume as EtcdVolumeSpec } from "../config/cluster-config.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import type { Instance } from "./instance.js";
import { expression } from "../bootstrap/terraform-text.js";

export interface EtcdVolumeProps {
  readonly identity: ClusterIdentity;
  readonly node: ClusterNode;
  readonly volume: EtcdVolumeSpec;
}

/** The Cinder volume with an etcd member's data. It is attached after boot and outlives the server. */
export class EtcdVolume extends Construct {
  private readonly volumeId: string;
  /** Its id for texts that Terraform puts together. */
  readonly volumeIdExpression: string;

  constructor(scope: Construct, id: string, props: EtcdVolumeProps) {
    super(scope, id);
    const { identity, node, volume } = props;
    const data = new BlockstorageVolumeV3(this, "Default", {
      name: `${node.serverName}-etcd`,
      description: identity.description(`etcd data of ${node.key}`),
      size: volume.sizeGiB,
      ...(volume.type !== undefined && { volumeType: volume.type }),
      // Growing the data of a running member must not take it from its server.
      enableOnlineResize: true,
      metadata: identity.metadata(node.role),
    });
    this.volumeId = data.id;
    this.volumeIdExpression = expression(`${data.fqn}.id`);
  }

  attachTo(instance: Instance): void {
    new ComputeVolumeAttachV2(this, "attachment", { instanceId: instance.instanceId, volumeId: this.volumeId });
  }
}
