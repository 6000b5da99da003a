import { describe, expect, it } from "@jest/globals";
import { openStackCluster } from "../support/clusters.js";
import { clusterStack, resource, resourcesByAddress } from "../support/synthesized.js";

const stack = clusterStack(openStackCluster({ workers: [{ count: 3 }, { name: "gpu", ordinals: [4] }] }));

describe("a node", () => {
  it.each([
    ["etcd-1", ["etcd-volume", "etcd-volume_attachment", "instance", "port"]],
    ["controller-1", ["floating-ip", "instance", "port"]],
    ["worker-1", ["instance", "port"]],
    ["worker-gpu-4", ["instance", "port"]],
  ])("%s keeps all that is its own below its key: %j", (key, parts) => {
    const names = [...resourcesByAddress(stack).keys()].map((address) => address.slice(address.indexOf(".") + 1));
    expect(
      names
        .filter((name) => name.startsWith(`${key}_`))
        .map((name) => name.slice(key.length + 1))
        .sort(),
    ).toEqual(parts);
  });

  it.each(["etcd-0", "controller-0", "worker-0"])("keeps its port when the server of %s is replaced", (key) => {
    const port = JSON.stringify(resource(stack, "openstack_networking_port_v2", `${key}_port`));
    expect(port).not.toContain("openstack_compute_instance_v2");
  });

  it("never waits for another node", () => {
    const instance = JSON.stringify(resourcesByAddress(stack).get("openstack_compute_instance_v2.worker-1_instance"));
    expect(instance.match(/(etcd|controller|worker)-\d+_/g)).toEqual(["worker-1_"]);
    expect(instance).not.toContain("depends_on");
  });
});
