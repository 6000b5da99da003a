import { describe, expect, it } from "@jest/globals";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resource, resourcesOf } from "../support/synthesized.js";

const TYPE = "openstack_objectstorage_container_v1";
const off = { enabled: false };
const containersOf = (changes: BootstrapChanges) => resourcesOf(clusterStack(openStackCluster(changes)), TYPE);
const namesOf = (changes: BootstrapChanges) =>
  Object.values(containersOf(changes)).map((container) => container["name"]);

describe("object containers", () => {
  it.each<[string, BootstrapChanges, readonly string[]]>([
    ["backups and the registry", {}, ["demo-etcd-backups", "demo-registry", "demo-velero"]],
    ["backups alone", { services: { registry: off } }, ["demo-etcd-backups", "demo-velero"]],
    ["the registry alone", { services: { backup: off } }, ["demo-registry"]],
    ["neither", { services: { registry: off, backup: off } }, []],
  ])("are made for %s", (_title, changes, names) => {
    expect(namesOf(changes)).toEqual(names);
  });

  it("are made in Ceph's gateway too", () => {
    expect(namesOf({ provider: { objectStorage: "rgw" } })).toHaveLength(3);
  });

  it("are not made where the cloud has no object storage", () => {
    expect(namesOf({ provider: { objectStorage: "none" }, services: { registry: off, backup: off } })).toEqual([]);
  });

  it.each([
    ["development", true],
    ["production", false],
  ])("in %s are destroyed with their content: %s", (profile, destroyed) => {
    const containers = Object.values(containersOf({ cluster: { profile } }));
    expect(containers.map((container) => container["force_destroy"])).toEqual([destroyed, destroyed, destroyed]);
  });

  it("carry metadata under names that an HTTP header can have", () => {
    const tags = { "cost-center": "4711" };
    const container = resource(clusterStack(openStackCluster({ cluster: { tags } })), TYPE, "container_velero");
    expect(container["metadata"]).toEqual({
      "kaas-cluster": "demo",
      "cost-center": "4711",
    });
  });

  it("are named in the outputs by their purpose", () => {
    expect(clusterStack(openStackCluster()).output["containers"]).toMatchObject({
      value: {
        "etcd-backups": `\${${TYPE}.container_etcd-backups.name}`,
        velero: `\${${TYPE}.container_velero.name}`,
        registry: `\${${TYPE}.container_registry.name}`,
      },
    });
  });
});
