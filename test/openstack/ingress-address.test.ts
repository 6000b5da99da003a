import { describe, expect, it } from "@jest/globals";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack } from "../support/synthesized.js";

describe("the ingress", () => {
  it.each<[string, BootstrapChanges, string]>([
    ["a reserved address for a balancer of its own", {}, "ingress_public"],
    ["a reserved address beside the API's balancer", { provider: { api: { topology: "octavia" } } }, "ingress_public"],
    [
      "a virtual IP of the workers where there is no Octavia",
      { provider: { octavia: false } },
      "ingress_virtual-ip_public",
    ],
    [
      "a virtual IP of the workers beside the API's",
      { provider: { api: { topology: "virtual-ip" } } },
      "ingress_virtual-ip_public",
    ],
  ])("has %s", (_title, changes, name) => {
    const stack = clusterStack(openStackCluster(changes));
    const addresses = Object.keys(stack.resource["openstack_networking_floatingip_v2"] ?? {});
    expect(addresses.filter((address) => address.startsWith("ingress"))).toEqual([name]);
    expect(stack.output["ingress_address"]?.["value"]).toBe(`\${openstack_networking_floatingip_v2.${name}.address}`);
  });

  it.each<[string, BootstrapChanges]>([
    ["a balancer", {}],
    ["a virtual IP", { provider: { api: { topology: "virtual-ip" } } }],
  ])("takes no address, name or open port behind %s when it is switched off", (_title, changes) => {
    const stack = clusterStack(openStackCluster({ ...changes, services: { ingress: { enabled: false } } }));
    const names = Object.values(stack.resource).flatMap((resources) => Object.keys(resources));
    expect(names.filter((name) => name.includes("ingress"))).toEqual([]);
    expect(stack.output).not.toHaveProperty("ingress_address");
  });
});
