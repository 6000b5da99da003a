import { describe, expect, it } from "@jest/globals";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resourcesOf } from "../support/synthesized.js";

const stackOf = (topology: string, changes: BootstrapChanges = {}) =>
  clusterStack(openStackCluster({ ...changes, provider: { api: { topology } } }));
const floatingIp = (name: string) => `\${openstack_networking_floatingip_v2.${name}.address}`;

describe.each([
  [
    "floating-ips",
    [0, 2].map((ordinal) => floatingIp(`controller-${ordinal}_floating-ip`)),
    ["10.0.0.32", "10.0.0.34"],
  ],
  ["octavia", [floatingIp("api_load-balancer_public")], ["10.0.0.5"]],
  ["virtual-ip", [floatingIp("api_virtual-ip_public")], ["10.0.0.5"]],
])("the API with %s", (topology, publicAddresses, internalAddresses) => {
  const stack = stackOf(topology, { controlPlane: { ordinals: [0, 2] } });

  it("has its users' addresses in the outputs", () => {
    expect(stack.output["api_addresses"]?.["value"]).toEqual(publicAddresses);
  });

  it("has its nodes' addresses in the outputs, none of them public", () => {
    expect(stack.output["api_internal_addresses"]?.["value"]).toEqual(internalAddresses);
  });

  it("is known to users by one name", () => {
    expect(stack.output["api_url"]?.["value"]).toBe("https://api.demo.example.com:6443");
  });
});

describe("an API endpoint", () => {
  it("makes what its topology needs and nothing of another", () => {
    const own = (topology: string) =>
      ["openstack_lb_loadbalancer_v2", "openstack_networking_floatingip_v2", "openstack_networking_port_v2"].flatMap(
        (type) => Object.keys(resourcesOf(stackOf(topology), type)).filter((name) => name.startsWith("api_")),
      );
    expect(own("floating-ips")).toEqual([]);
    expect(own("octavia")).toEqual(["api_load-balancer", "api_load-balancer_public"]);
    expect(own("virtual-ip")).toEqual(["api_virtual-ip_public", "api_virtual-ip_port"]);
  });

  it("gives no public address to etcd or workers", () => {
    const names = Object.keys(resourcesOf(stackOf("floating-ips"), "openstack_networking_floatingip_v2"));
    expect(names.filter((name) => /^(etcd|worker)/.test(name))).toEqual([]);
  });
});
