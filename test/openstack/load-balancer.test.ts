import { describe, expect, it } from "@jest/globals";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resource, resourcesOf } from "../support/synthesized.js";

const octavia = (provider: "amphora" | "ovn", changes: BootstrapChanges = {}) =>
  clusterStack(openStackCluster({ ...changes, provider: { api: { topology: "octavia", provider } } }));

describe.each(["amphora", "ovn"] as const)("the load balancer of the API with %s", (provider) => {
  const stack = octavia(provider, { controlPlane: { ordinals: [0, 3] }, network: { nodeCidr: "10.20.0.0/23" } });

  it("is made by that driver, on its address in the node network", () => {
    expect(resource(stack, "openstack_lb_loadbalancer_v2", "api_load-balancer")).toMatchObject({
      loadbalancer_provider: provider,
      vip_subnet_id: "${openstack_networking_subnet_v2.network_subnet.id}",
      vip_address: "10.20.0.5",
    });
  });

  it("passes TLS on to the API servers' port", () => {
    expect(resource(stack, "openstack_lb_listener_v2", "api_load-balancer_listener")).toMatchObject({
      protocol: "TCP",
      protocol_port: 6443,
      loadbalancer_id: "${openstack_lb_loadbalancer_v2.api_load-balancer.id}",
    });
    expect(resource(stack, "openstack_lb_pool_v2", "api_load-balancer_pool")).toMatchObject({
      protocol: "TCP",
      listener_id: "${openstack_lb_listener_v2.api_load-balancer_listener.id}",
    });
  });

  it("has the controllers for members, by their names and private addresses", () => {
    const members = resourcesOf(stack, "openstack_lb_member_v2");
    expect(Object.entries(members).map(([name, member]) => [name, member["address"], member["protocol_port"]])).toEqual(
      [
        ["api_load-balancer_controller-0", "10.20.0.32", 6443],
        ["api_load-balancer_controller-3", "10.20.0.35", 6443],
      ],
    );
    for (const member of Object.values(members)) {
      expect(member["pool_id"]).toBe("${openstack_lb_pool_v2.api_load-balancer_pool.id}");
    }
  });

  it("gives up on a check before the next one starts", () => {
    const monitor = resource(stack, "openstack_lb_monitor_v2", "api_load-balancer_monitor");
    expect(monitor["pool_id"]).toBe("${openstack_lb_pool_v2.api_load-balancer_pool.id}");
    expect(Number(monitor["timeout"])).toBeLessThan(Number(monitor["delay"]));
  });
});

describe("amphorae", () => {
  const stack = octavia("amphora", {
    network: { nodeCidr: "10.20.0.0/23", apiAllowedCidrs: ["198.51.100.0/24", "203.0.113.128/25"] },
  });
  const listener = resource(stack, "openstack_lb_listener_v2", "api_load-balancer_listener");

  it("admit the API's users, and the nodes, which reach the API by the balancer", () => {
    expect(listener["allowed_cidrs"]).toEqual(["10.20.0.0/23", "198.51.100.0/24", "203.0.113.128/25"]);
  });

  it("leave a silent watch open for half an hour, in milliseconds", () => {
    expect(listener).toMatchObject({ timeout_client_data: 1_800_000, timeout_member_data: 1_800_000 });
  });

  it("prefer the controller with the fewest connections", () => {
    expect(resource(stack, "openstack_lb_pool_v2", "api_load-balancer_pool")["lb_method"]).toBe("LEAST_CONNECTIONS");
  });

  it("ask the API server whether it is ready", () => {
    expect(resource(stack, "openstack_lb_monitor_v2", "api_load-balancer_monitor")).toMatchObject({
      type: "HTTPS",
      http_method: "GET",
      url_path: "/readyz",
      expected_codes: "200",
    });
  });
});

describe("OVN", () => {
  const stack = octavia("ovn");

  it("is given no list of clients, which it refuses", () => {
    expect(resource(stack, "openstack_lb_listener_v2", "api_load-balancer_listener")).not.toHaveProperty(
      "allowed_cidrs",
    );
  });

  it("is asked for the only method that it has", () => {
    expect(resource(stack, "openstack_lb_pool_v2", "api_load-balancer_pool")["lb_method"]).toBe("SOURCE_IP_PORT");
  });

  it("checks that the port opens: it knows no HTTP", () => {
    const monitor = resource(stack, "openstack_lb_monitor_v2", "api_load-balancer_monitor");
    expect(monitor["type"]).toBe("TCP");
    for (const field of ["http_method", "url_path", "expected_codes"]) expect(monitor).not.toHaveProperty(field);
  });

  it("is given no timeouts, which only a proxy has", () => {
    const listener = resource(stack, "openstack_lb_listener_v2", "api_load-balancer_listener");
    expect(Object.keys(listener).filter((field) => field.startsWith("timeout"))).toEqual([]);
  });
});

describe("load balancers", () => {
  it.each(["floating-ips", "virtual-ip"])("are not made with %s", (topology) => {
    const stack = clusterStack(openStackCluster({ provider: { api: { topology } } }));
    expect(Object.keys(stack.resource).filter((type) => type.startsWith("openstack_lb_"))).toEqual([]);
  });
});
