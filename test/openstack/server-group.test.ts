import { describe, expect, it } from "@jest/globals";
import { openStackCluster } from "../support/clusters.js";
import { clusterStack, resource, resourcesOf } from "../support/synthesized.js";

const TYPE = "openstack_compute_servergroup_v2";

describe("server groups", () => {
  const stack = clusterStack(openStackCluster({ workers: [{ count: 3 }, { name: "gpu", count: 1 }] }));

  it("are one for each role, and one for each pool of workers", () => {
    expect(Object.values(resourcesOf(stack, TYPE)).map((group) => group["name"])).toEqual([
      "demo-controller",
      "demo-etcd",
      "demo-worker-default",
      "demo-worker-gpu",
    ]);
  });

  it.each([
    ["etcd-0", "etcd"],
    ["controller-2", "controller"],
    ["worker-1", "worker-default"],
    ["worker-gpu-0", "worker-gpu"],
  ])("hold %s in the group %s", (node, group) => {
    expect(resource(stack, "openstack_compute_instance_v2", `${node}_instance`)["scheduler_hints"]).toEqual([
      { group: `\${${TYPE}.server-group-${group}.id}` },
    ]);
  });

  it("leave out etcd's when its members run on the controllers", () => {
    const stacked = clusterStack(openStackCluster({ etcd: { stacked: true } }));
    expect(Object.keys(resourcesOf(stacked, TYPE))).toEqual(["server-group-controller", "server-group-worker-default"]);
  });

  it.each([
    ["soft", "soft-anti-affinity"],
    ["hard", "anti-affinity"],
  ])("ask Nova for %s anti-affinity by its policy %s", (antiAffinity, policy) => {
    const groups = resourcesOf(clusterStack(openStackCluster({ provider: { antiAffinity } })), TYPE);
    expect(Object.values(groups).map((group) => group["policies"])).toEqual([[policy], [policy], [policy]]);
  });
});
