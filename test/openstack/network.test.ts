import { describe, expect, it } from "@jest/globals";
import { openStackCluster } from "../support/clusters.js";
import { clusterStack, dataSourcesOf, resource } from "../support/synthesized.js";

const subnetOf = (network: Readonly<Record<string, unknown>>) =>
  resource(clusterStack(openStackCluster({ network })), "openstack_networking_subnet_v2", "network_subnet");

describe("the node network", () => {
  it.each([
    ["10.0.0.0/22", "10.0.0.1", "10.0.0.64", "10.0.3.254"],
    ["10.20.0.0/23", "10.20.0.1", "10.20.0.64", "10.20.1.254"],
    ["192.168.7.0/24", "192.168.7.1", "192.168.7.64", "192.168.7.254"],
  ])("%s has the gateway %s and hands out %s to %s, beyond the fixed addresses", (nodeCidr, gateway, start, end) => {
    expect(subnetOf({ nodeCidr })).toMatchObject({
      cidr: nodeCidr,
      ip_version: 4,
      gateway_ip: gateway,
      allocation_pool: [{ start, end }],
    });
  });

  it("tells nodes the DNS servers of the configuration, in its order", () => {
    expect(subnetOf({ dnsServers: ["192.0.2.53", "192.0.2.5"] })["dns_nameservers"]).toEqual([
      "192.0.2.53",
      "192.0.2.5",
    ]);
  });

  it("leaves DNS to the cloud unless told otherwise", () => {
    expect(subnetOf({})["dns_nameservers"]).toEqual([]);
  });
});

describe("the router", () => {
  const stack = clusterStack(openStackCluster({ provider: { externalNetwork: "internet" } }));

  it("leads to the network of that name only if the cloud marks it as external", () => {
    expect(dataSourcesOf(stack, "openstack_networking_network_v2")["network_external"]).toMatchObject({
      name: "internet",
      external: true,
    });
    expect(resource(stack, "openstack_networking_router_v2", "network_router")["external_network_id"]).toBe(
      "${data.openstack_networking_network_v2.network_external.id}",
    );
  });

  it("is joined to the nodes' subnet", () => {
    expect(resource(stack, "openstack_networking_router_interface_v2", "network_router-interface")).toMatchObject({
      router_id: "${openstack_networking_router_v2.network_router.id}",
      subnet_id: "${openstack_networking_subnet_v2.network_subnet.id}",
    });
  });
});
