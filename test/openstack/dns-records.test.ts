import { describe, expect, it } from "@jest/globals";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, dataSourcesOf, resource, resourcesOf, type SynthesizedJson } from "../support/synthesized.js";

const TYPE = "openstack_dns_recordset_v2";
const stackOf = (changes: BootstrapChanges = {}) => clusterStack(openStackCluster(changes));
const addressesOf = (stack: SynthesizedJson, id: string) => resource(stack, TYPE, `dns_${id}`)["records"];
const floatingIp = (name: string) => `\${openstack_networking_floatingip_v2.${name}.address}`;

describe("the zone", () => {
  it("is made for the cluster's domain", () => {
    const stack = stackOf();
    expect(resource(stack, "openstack_dns_zone_v2", "dns_zone")).toMatchObject({
      name: "demo.example.com.",
      type: "PRIMARY",
      email: "hostmaster@demo.example.com",
    });
    expect(resource(stack, TYPE, "dns_api")["zone_id"]).toBe("${openstack_dns_zone_v2.dns_zone.id}");
  });

  it("is looked up, not made, when records go into one that exists", () => {
    const stack = stackOf({ provider: { dns: { manage: "records", zone: "example.com." } } });
    expect(resourcesOf(stack, "openstack_dns_zone_v2")).toEqual({});
    expect(dataSourcesOf(stack, "openstack_dns_zone_v2")["dns_zone"]).toMatchObject({ name: "example.com." });
    expect(resource(stack, TYPE, "dns_api")["zone_id"]).toBe("${data.openstack_dns_zone_v2.dns_zone.id}");
  });

  it("and its records are left alone when names are set elsewhere", () => {
    const stack = stackOf({ provider: { dns: { manage: "none" }, api: { topology: "octavia" } } });
    expect(
      [...Object.keys(stack.resource), ...Object.keys(stack.data ?? {})].filter((type) => type.includes("_dns_")),
    ).toEqual([]);
  });
});

describe("records", () => {
  const stack = stackOf({ provider: { dns: { ttlSeconds: 60 } }, workers: [{ count: 3 }, { name: "gpu", count: 1 }] });

  it("name every node and every endpoint, and nothing else", () => {
    expect(Object.values(resourcesOf(stack, TYPE)).map((record) => record["name"])).toEqual([
      "api.demo.example.com.",
      "api-int.demo.example.com.",
      "controller-0.demo.example.com.",
      "controller-1.demo.example.com.",
      "controller-2.demo.example.com.",
      "etcd-0.demo.example.com.",
      "etcd-1.demo.example.com.",
      "etcd-2.demo.example.com.",
      "etcd-3.demo.example.com.",
      "etcd-4.demo.example.com.",
      "*.demo.example.com.",
      "worker-0.demo.example.com.",
      "worker-1.demo.example.com.",
      "worker-2.demo.example.com.",
      "worker-gpu-0.demo.example.com.",
    ]);
  });

  it("live as long as the configuration says", () => {
    expect([...new Set(Object.values(resourcesOf(stack, TYPE)).map((record) => record["ttl"]))]).toEqual([60]);
  });

  it("lead to nodes by their private addresses, fixed ones known beforehand", () => {
    expect(addressesOf(stack, "etcd-2")).toEqual(["10.0.0.18"]);
    expect(addressesOf(stack, "controller-0")).toEqual(["10.0.0.32"]);
    expect(addressesOf(stack, "worker-gpu-0")).toEqual([
      "${openstack_networking_port_v2.worker-gpu-0_port.all_fixed_ips[0]}",
    ]);
  });
});

describe.each<[string, BootstrapChanges, Readonly<Record<string, readonly string[]>>]>([
  [
    "floating IPs",
    {},
    {
      api: [0, 1, 2].map((ordinal) => floatingIp(`controller-${ordinal}_floating-ip`)),
      "api-int": ["10.0.0.32", "10.0.0.33", "10.0.0.34"],
      ingress: [floatingIp("ingress_public")],
    },
  ],
  [
    "Octavia",
    { provider: { api: { topology: "octavia" } } },
    {
      api: [floatingIp("api_load-balancer_public")],
      "api-int": ["10.0.0.5"],
      ingress: [floatingIp("ingress_public")],
    },
  ],
  [
    "a virtual IP",
    { provider: { api: { topology: "virtual-ip" } } },
    {
      api: [floatingIp("api_virtual-ip_public")],
      "api-int": ["10.0.0.5"],
      ingress: [floatingIp("ingress_virtual-ip_public")],
    },
  ],
])("with %s", (_title, changes, records) => {
  const stack = stackOf(changes);

  it.each(Object.entries(records))("%s leads to its addresses", (id, addresses) => {
    expect(addressesOf(stack, id)).toEqual(addresses);
  });
});
