import { DataOpenstackComputeFlavorV2 } from "@cdktf/provider-openstack/lib/data-openstack-compute-flavor-v2";
import { DataOpenstackImagesImageV2 } from "@cdktf/provider-openstack/lib/data-openstack-images-image-v2";
import { Construct } from "constructs";
import type { Flavor } from "../config/cluster-config.js";
import { identifier } from "../lib/identifier.js";

const MIB_PER_GIB = 1024;

/** What the cloud offers servers: its image for nodes and its flavors, each looked up once. */
export class Catalog extends Construct {
  readonly imageId: string;
  private readonly flavors = new Map<string, DataOpenstackComputeFlavorV2>();

  /** @param imageName Glance image of the nodes; the newest of that name */
  constructor(scope: Construct, id: string, imageName: string) {
    super(scope, id);
    this.imageId = new DataOpenstackImagesImageV2(this, "image", { name: imageName, mostRecent: true }).id;
  }

  /** Id of the flavor; the plan fails when the cloud has none, or more than one, of that shape. */
  flavorId(flavor: Flavor): string {
    const key = flavorKey(flavor);
    let data = this.flavors.get(key);
    if (data === undefined) {
      data = new DataOpenstackComputeFlavorV2(
        this,
        key,
        typeof flavor === "string"
          ? { name: flavor }
          : { vcpus: flavor.vcpus, ram: flavor.ramGiB * MIB_PER_GIB, disk: flavor.diskGiB },
      );
      this.flavors.set(key, data);
    }
    return data.id;
  }
}

function flavorKey(flavor: Flavor): string {
  if (typeof flavor === "string") return `flavor-named-${identifier(flavor)}`;
  return `flavor-${flavor.vcpus}cpu-${flavor.ramGiB}gib-${flavor.diskGiB}disk`;
}
