import { describe, expect, it } from "@jest/globals";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resource, resourcesOf } from "../support/synthesized.js";

const VOLUME = "openstack_blockstorage_volume_v3";
const ATTACHMENT = "openstack_compute_volume_attach_v2";
const stackOf = (etcd: BootstrapChanges["etcd"] = {}) => clusterStack(openStackCluster({ etcd }));

describe("etcd's volumes", () => {
  it("belong to the nodes of etcd", () => {
    expect(Object.keys(resourcesOf(stackOf({ ordinals: [0, 2, 4] }), VOLUME))).toEqual([
      "etcd-0_etcd-volume",
      "etcd-2_etcd-volume",
      "etcd-4_etcd-volume",
    ]);
  });

  it("belong to the controllers when etcd runs there", () => {
    const stack = stackOf({ stacked: true });
    expect(Object.values(resourcesOf(stack, VOLUME)).map((volume) => volume["name"])).toEqual([
      "demo-controller-0-etcd",
      "demo-controller-1-etcd",
      "demo-controller-2-etcd",
    ]);
  });

  it("have the size and type of the configuration", () => {
    const volume = { sizeGiB: 40, type: "fast" };
    expect(resource(stackOf({ volume }), VOLUME, "etcd-0_etcd-volume")).toMatchObject({
      size: 40,
      volume_type: "fast",
    });
  });

  it("leave the type to the cloud unless told otherwise", () => {
    expect(resource(stackOf(), VOLUME, "etcd-0_etcd-volume")).not.toHaveProperty("volume_type");
  });

  it("grow without leaving a running member", () => {
    expect(resource(stackOf(), VOLUME, "etcd-0_etcd-volume")["enable_online_resize"]).toBe(true);
  });

  it("name no server, so that they outlive theirs", () => {
    expect(JSON.stringify(Object.values(resourcesOf(stackOf(), VOLUME)))).not.toContain(
      "openstack_compute_instance_v2",
    );
  });

  it("are attached each to its own member", () => {
    expect(resource(stackOf(), ATTACHMENT, "etcd-3_etcd-volume_attachment")).toMatchObject({
      instance_id: "${openstack_compute_instance_v2.etcd-3_instance.id}",
      volume_id: `\${${VOLUME}.etcd-3_etcd-volume.id}`,
    });
  });
});
