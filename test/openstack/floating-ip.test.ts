import { describe, expect, it } from "@jest/globals";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resourcesOf } from "../support/synthesized.js";

const floatingIps = (provider: BootstrapChanges["provider"] = {}) =>
  resourcesOf(clusterStack(openStackCluster({ provider })), "openstack_networking_floatingip_v2");
const portsOf = (provider: BootstrapChanges["provider"]) =>
  Object.fromEntries(Object.entries(floatingIps(provider)).map(([name, address]) => [name, address["port_id"]]));
const port = (name: string) => `\${openstack_networking_port_v2.${name}.id}`;

describe.each(["floating-ips", "octavia", "virtual-ip"])("floating IPs with %s", (topology) => {
  const addresses = Object.values(floatingIps({ externalNetwork: "internet", api: { topology } }));

  it("are bound after the router reaches the nodes, and let go before it leaves them", () => {
    for (const address of addresses) {
      expect(address["depends_on"]).toEqual(["openstack_networking_router_interface_v2.network_router-interface"]);
    }
  });

  it("come from the external network", () => {
    expect([...new Set(addresses.map((address) => address["pool"]))]).toEqual(["internet"]);
  });
});

describe("floating IPs", () => {
  it("lead to each controller, and one is reserved for the ingress", () => {
    expect(portsOf({})).toEqual({
      "controller-0_floating-ip": port("controller-0_port"),
      "controller-1_floating-ip": port("controller-1_port"),
      "controller-2_floating-ip": port("controller-2_port"),
      ingress_public: undefined,
    });
  });

  it("lead to the load balancer's port with Octavia", () => {
    expect(portsOf({ api: { topology: "octavia" } })).toEqual({
      "api_load-balancer_public": "${openstack_lb_loadbalancer_v2.api_load-balancer.vip_port_id}",
      ingress_public: undefined,
    });
  });

  it("lead to the ports of the virtual IPs where the cloud has no balancer", () => {
    expect(portsOf({ octavia: false, api: { topology: "virtual-ip" } })).toEqual({
      "api_virtual-ip_public": port("api_virtual-ip_port"),
      "ingress_virtual-ip_public": port("ingress_virtual-ip_port"),
    });
  });
});
