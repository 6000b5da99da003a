import { describe, expect, it } from "@jest/globals";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resource, resourcesOf, type Attributes } from "../support/synthesized.js";

const SUBNET = "${openstack_networking_subnet_v2.network_subnet.id}";
const stackOf = (changes: BootstrapChanges = {}) => clusterStack(openStackCluster(changes));
const port = (stack: ReturnType<typeof stackOf>, node: string) =>
  resource(stack, "openstack_networking_port_v2", `${node}_port`);

describe("a node's port", () => {
  const plain = stackOf({ controlPlane: { ordinals: [0, 2, 5] } });

  it.each([
    ["etcd-0", "10.0.0.16"],
    ["etcd-4", "10.0.0.20"],
    ["controller-0", "10.0.0.32"],
    ["controller-5", "10.0.0.37"],
  ])("of %s has the fixed address %s", (node, address) => {
    expect(port(plain, node)["fixed_ip"]).toEqual([{ subnet_id: SUBNET, ip_address: address }]);
  });

  it("of a worker takes whatever address the subnet has", () => {
    expect(port(plain, "worker-0")["fixed_ip"]).toEqual([{ subnet_id: SUBNET }]);
  });

  it.each(["etcd", "controller", "worker"])("of role %s is in that role's security group alone", (role) => {
    expect(port(plain, `${role}-0`)["security_group_ids"]).toEqual([
      `\${openstack_networking_secgroup_v2.security-group_${role}.id}`,
    ]);
  });
});

describe("virtual IPs", () => {
  const allowed = (attributes: Attributes) => attributes["allowed_address_pairs"];

  it("are allowed on the role that they move between, and on no other", () => {
    const stack = stackOf({ provider: { api: { topology: "virtual-ip" } } });
    expect(allowed(port(stack, "controller-2"))).toEqual([{ ip_address: "10.0.0.5" }]);
    expect(allowed(port(stack, "worker-2"))).toEqual([{ ip_address: "10.0.0.6" }]);
    expect(port(stack, "etcd-0")).not.toHaveProperty("allowed_address_pairs");
  });

  it("are allowed on workers alone when only the ingress has one", () => {
    const stack = stackOf({ provider: { octavia: false } });
    expect(allowed(port(stack, "worker-0"))).toEqual([{ ip_address: "10.0.0.6" }]);
    expect(port(stack, "controller-0")).not.toHaveProperty("allowed_address_pairs");
  });

  it.each(["floating-ips", "octavia"])("are allowed nowhere with %s and Octavia", (topology) => {
    const ports = Object.values(
      resourcesOf(stackOf({ provider: { api: { topology } } }), "openstack_networking_port_v2"),
    );
    expect(ports).toHaveLength(11);
    for (const attributes of ports) expect(attributes).not.toHaveProperty("allowed_address_pairs");
  });
});
