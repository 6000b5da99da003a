import { describe, expect, it } from "@jest/globals";
import { openStackCluster } from "../support/clusters.js";
import { clusterStack, resource, resourcesOf } from "../support/synthesized.js";

const TYPE = "openstack_networking_port_v2";

describe("the port of a virtual IP", () => {
  const stack = clusterStack(
    openStackCluster({ provider: { api: { topology: "virtual-ip" } }, network: { nodeCidr: "10.20.0.0/23" } }),
  );

  it.each([
    ["api", "10.20.0.5"],
    ["ingress", "10.20.0.6"],
  ])("of the %s reserves %s, below the allocation pool", (service, address) => {
    expect(resource(stack, TYPE, `${service}_virtual-ip_port`)).toMatchObject({
      name: `demo-${service}-virtual-ip`,
      fixed_ip: [{ subnet_id: "${openstack_networking_subnet_v2.network_subnet.id}", ip_address: address }],
    });
  });

  it("has no security group: those of the nodes decide", () => {
    for (const service of ["api", "ingress"]) {
      const port = resource(stack, TYPE, `${service}_virtual-ip_port`);
      expect(port["no_security_groups"]).toBe(true);
      expect(port).not.toHaveProperty("security_group_ids");
    }
  });

  it("is there only where an address moves between nodes", () => {
    const names = Object.keys(resourcesOf(clusterStack(openStackCluster()), TYPE));
    expect(names.filter((name) => name.includes("virtual-ip"))).toEqual([]);
  });
});
