import { ComputeInstanceV2 } from "@cdktf/provider-openstack/lib/compute-instance-v2";
import { Construct } from "constructs";
import type { ClusterNode } from "../config/cluster-config.js";
import type { Catalog } from "./catalog.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import type { NodePort } from "./node-port.js";
import type { ServerGroup } from "./server-group.js";

/**
 * What a server is only told, or placed by, when it is made: a later change would replace every server at once. With a
 * root volume the image stands in block_device, which Terraform can only ignore as a whole.
 */
const FIXED_AT_CREATION = ["user_data", "image_id", "image_name", "scheduler_hints", "availability_zone_hints"];

export interface InstanceProps {
  readonly identity: ClusterIdentity;
  readonly node: ClusterNode;
  readonly port: NodePort;
  readonly catalog: Catalog;
  readonly serverGroup: ServerGroup;
  /** Ignition document, at most 49,149 bytes: Nova takes 65,535 characters of base64. */
  readonly userData: string;
}

/**
 * A node's server. Later changes of user-data, image and placement do not touch it: replacing a node is a deliberate act
 * (`terraform apply -replace`), one at a time.
 */
export class Instance extends Construct {
  readonly instanceId: string;

  constructor(scope: Construct, id: string, props: InstanceProps) {
    super(scope, id);
    const { identity, node, catalog } = props;
    const { rootVolume } = node;
    const instance = new ComputeInstanceV2(this, "Default", {
      name: node.serverName,
      flavorId: catalog.flavorId(node.flavor),
      userData: props.userData,
      network: [{ port: props.port.portId }],
      schedulerHints: [{ group: props.serverGroup.serverGroupId }],
      ...(node.availabilityZone !== undefined && { availabilityZoneHints: node.availabilityZone }),
      ...(rootVolume === undefined
        ? { imageId: catalog.imageId }
        : {
            blockDevice: [
              {
                sourceType: "image",
                uuid: catalog.imageId,
                destinationType: "volume",
                bootIndex: 0,
                deleteOnTermination: true,
                volumeSize: rootVolume.sizeGiB,
                ...(rootVolume.type !== undefined && { volumeType: rootVolume.type }),
              },
            ],
          }),
      metadata: identity.metadata(node.role),
      tags: identity.tags(node.role),
      lifecycle: { ignoreChanges: [...FIXED_AT_CREATION, ...(rootVolume === undefined ? [] : ["block_device"])] },
    });
    this.instanceId = instance.id;
  }
}
