import { describe, expect, it } from "@jest/globals";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, dataSourcesOf, resource, type SynthesizedJson } from "../support/synthesized.js";

const FLAVOR = "openstack_compute_flavor_v2";
const stackOf = (changes: BootstrapChanges) => clusterStack(openStackCluster(changes));

/** The data source that gives a server its flavor. */
function flavorOf(stack: SynthesizedJson, node: string) {
  const reference = String(resource(stack, "openstack_compute_instance_v2", `${node}_instance`)["flavor_id"]);
  const name = new RegExp(`^\\$\\{data\\.${FLAVOR}\\.(.+)\\.id\\}$`).exec(reference)?.[1] ?? "";
  return dataSourcesOf(stack, FLAVOR)[name];
}

describe("flavors", () => {
  it("that are equal are looked up once", () => {
    const shape = { vcpus: 2, ramGiB: 8, diskGiB: 40 };
    const stack = stackOf({
      etcd: { flavor: shape },
      controlPlane: { flavor: shape },
      workers: [{ flavor: "m1.large" }],
    });
    expect(Object.keys(dataSourcesOf(stack, FLAVOR))).toHaveLength(2);
    expect(flavorOf(stack, "etcd-0")).toBe(flavorOf(stack, "controller-1"));
  });

  it("given by shape are looked up by all of it, memory in MiB", () => {
    const stack = stackOf({ workers: [{ flavor: { vcpus: 8, ramGiB: 16, diskGiB: 0 }, rootVolume: { sizeGiB: 20 } }] });
    expect(flavorOf(stack, "worker-0")).toMatchObject({ vcpus: 8, ram: 16_384, disk: 0 });
    expect(flavorOf(stack, "worker-0")).not.toHaveProperty("name");
  });

  describe("given by name", () => {
    const names = ["m1-large", "m1.large", "m1 large", "m1/large", "M1.large", "1", "größe", "大", "${x}"];
    const workers = names.map((flavor, index) => ({ name: `pool${"abcdefghi".charAt(index)}`, count: 1, flavor }));
    const stack = stackOf({ workers });

    it.each(workers)("are looked up by it, however odd or alike: $flavor", ({ name, flavor }) => {
      // cdktf escapes what Terraform would read as an expression.
      expect(flavorOf(stack, `worker-${name}-0`)?.["name"]).toBe(flavor.replace("${", "$${"));
    });

    it("are not mistaken for a shape that the name spells out", () => {
      const shape = { vcpus: 4, ramGiB: 8, diskGiB: 40 };
      const both = stackOf({
        workers: [{ flavor: shape }, { name: "named", count: 1, flavor: "4cpu-8gib-40disk" }],
      });
      expect(flavorOf(both, "worker-0")).toMatchObject({ vcpus: 4 });
      expect(flavorOf(both, "worker-named-0")).toMatchObject({ name: "4cpu-8gib-40disk" });
    });

    it("have identifiers that Terraform takes", () => {
      const ids = Object.keys(dataSourcesOf(stack, FLAVOR));
      expect(ids.filter((id) => !/^[A-Za-z_][A-Za-z0-9_-]*$/.test(id))).toEqual([]);
      expect(ids).toHaveLength(names.length + 2);
    });
  });
});

describe("the nodes' image", () => {
  it("is the newest of its name", () => {
    const stack = stackOf({ provider: { image: "flatcar-beta" } });
    expect(dataSourcesOf(stack, "openstack_images_image_v2")["catalog_image"]).toMatchObject({
      name: "flatcar-beta",
      most_recent: true,
    });
  });
});
