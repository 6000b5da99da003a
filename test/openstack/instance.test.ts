import { describe, expect, it } from "@jest/globals";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resource, resourcesOf, type SynthesizedJson } from "../support/synthesized.js";

const TYPE = "openstack_compute_instance_v2";
const IMAGE = "${data.openstack_images_image_v2.catalog_image.id}";
const stackOf = (changes: BootstrapChanges = {}) => clusterStack(openStackCluster(changes));
const instance = (stack: SynthesizedJson, node: string) => resource(stack, TYPE, `${node}_instance`);

const FIXED_AT_CREATION = ["user_data", "image_id", "image_name", "scheduler_hints", "availability_zone_hints"];

describe("a server", () => {
  const plain = stackOf();

  it("is named as its host and stands on its own port alone", () => {
    expect(instance(plain, "worker-1")).toMatchObject({
      name: "demo-worker-1",
      network: [{ port: "${openstack_networking_port_v2.worker-1_port.id}" }],
    });
  });

  it("boots from the image when its flavor has a disk", () => {
    expect(instance(plain, "controller-0")["image_id"]).toBe(IMAGE);
    expect(instance(plain, "controller-0")).not.toHaveProperty("block_device");
  });

  it("is not replaced for a newer image, other user-data or another placement", () => {
    for (const attributes of Object.values(resourcesOf(plain, TYPE))) {
      expect(attributes["lifecycle"]).toEqual({ ignore_changes: FIXED_AT_CREATION });
    }
  });

  it("is told its own name", () => {
    expect(instance(plain, "etcd-3")["user_data"]).toContain("data:,demo-etcd-3%0A");
  });
});

describe("a server with a root volume", () => {
  const stack = stackOf({
    controlPlane: { rootVolume: { sizeGiB: 40, type: "fast" } },
    workers: [{ rootVolume: { sizeGiB: 50 } }],
  });

  it("boots from a copy of the image that goes when it goes", () => {
    expect(instance(stack, "controller-0")["block_device"]).toEqual([
      {
        source_type: "image",
        uuid: IMAGE,
        destination_type: "volume",
        boot_index: 0,
        delete_on_termination: true,
        volume_size: 40,
        volume_type: "fast",
      },
    ]);
    expect(instance(stack, "controller-0")).not.toHaveProperty("image_id");
  });

  it("leaves the volume's type to the cloud unless told otherwise", () => {
    expect(instance(stack, "worker-0")["block_device"]).toMatchObject([{ volume_size: 50 }]);
    expect(JSON.stringify(instance(stack, "worker-0"))).not.toContain("volume_type");
  });

  it("is not replaced for a newer image, which stands in its block device", () => {
    expect(instance(stack, "worker-0")["lifecycle"]).toEqual({
      ignore_changes: [...FIXED_AT_CREATION, "block_device"],
    });
  });

  it("changes nothing for servers without one", () => {
    expect(instance(stack, "etcd-0")).not.toHaveProperty("block_device");
  });
});

describe("availability zones", () => {
  const zonesOf = (ordinals: readonly number[]) => {
    const stack = stackOf({
      provider: { availabilityZones: ["az1", "az2"] },
      controlPlane: { ordinals },
    });
    return ordinals.map((ordinal) => instance(stack, `controller-${ordinal}`)["availability_zone_hints"]);
  };

  it("take turns by the node's number", () => {
    expect(zonesOf([0, 1, 2])).toEqual(["az1", "az2", "az1"]);
  });

  it("keep a node where it is when one before it goes", () => {
    expect(zonesOf([1, 2, 3])).toEqual(["az2", "az1", "az2"]);
  });

  it("are the scheduler's choice when none is named", () => {
    for (const attributes of Object.values(resourcesOf(stackOf(), TYPE))) {
      expect(attributes).not.toHaveProperty("availability_zone_hints");
    }
  });
});
