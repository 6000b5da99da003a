import { describe, expect, it } from "@jest/globals";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resource, resourcesOf } from "../support/synthesized.js";

const network = {
  apiAllowedCidrs: ["198.51.100.0/24", "192.0.2.0/24"],
  sshAllowedCidrs: ["198.51.100.240/28"],
};
const groupsOf = (changes: BootstrapChanges) =>
  resourcesOf(clusterStack(openStackCluster(changes)), "openstack_networking_secgroup_v2");
const rulesOf = (changes: BootstrapChanges) =>
  resourcesOf(clusterStack(openStackCluster({ network, ...changes })), "openstack_networking_secgroup_rule_v2");

describe("security groups", () => {
  it("are one for each role, named for the cluster", () => {
    expect(Object.values(groupsOf({})).map((group) => group["name"])).toEqual([
      "demo-controller",
      "demo-etcd",
      "demo-worker",
    ]);
  });

  it("leave out etcd's when its members run on the controllers", () => {
    expect(Object.keys(groupsOf({ etcd: { stacked: true } }))).toEqual([
      "security-group_controller",
      "security-group_worker",
    ]);
  });

  it("lose Neutron's default rules", () => {
    const groups = Object.values(groupsOf({}));
    expect(groups.map((group) => group["delete_default_rules"])).toEqual(groups.map(() => true));
  });
});

describe("security group rules", () => {
  it("let each role open any connection, by one rule of its own", () => {
    const rules = Object.entries(rulesOf({})).filter(([, rule]) => rule["direction"] === "egress");
    expect(rules.map(([name]) => name)).toEqual([
      "security-group_controller-egress",
      "security-group_etcd-egress",
      "security-group_worker-egress",
    ]);
    for (const [, rule] of rules) {
      expect(rule).not.toHaveProperty("protocol");
      expect(rule).not.toHaveProperty("remote_ip_prefix");
      expect(rule).not.toHaveProperty("remote_group_id");
    }
  });

  it("are for IPv4, which is all that the node network has", () => {
    expect([...new Set(Object.values(rulesOf({})).map((rule) => rule["ethertype"]))]).toEqual(["IPv4"]);
  });

  it("name who sends: a role's group, or a network", () => {
    const stack = clusterStack(openStackCluster({ network }));
    const rule = (name: string) => resource(stack, "openstack_networking_secgroup_rule_v2", `security-group_${name}`);
    expect(rule("worker-kubelet-from-controller")).toMatchObject({
      security_group_id: "${openstack_networking_secgroup_v2.security-group_worker.id}",
      remote_group_id: "${openstack_networking_secgroup_v2.security-group_controller.id}",
      port_range_min: 10250,
      port_range_max: 10250,
    });
    expect(rule("etcd-ssh-from-198-51-100-240-28")).toMatchObject({
      security_group_id: "${openstack_networking_secgroup_v2.security-group_etcd.id}",
      remote_ip_prefix: "198.51.100.240/28",
      port_range_min: 22,
    });
  });

  it("keep their names when a network is put before another", () => {
    const reordered = { ...network, apiAllowedCidrs: [...network.apiAllowedCidrs].reverse() };
    expect(rulesOf({ network: reordered })).toEqual(rulesOf({}));
  });

  it.each<[string, BootstrapChanges]>([
    ["floating IPs", {}],
    ["amphorae", { provider: { api: { topology: "octavia" } } }],
    ["OVN", { provider: { api: { topology: "octavia", provider: "ovn" } } }],
    [
      "OVN and users on the node network",
      {
        provider: { api: { topology: "octavia", provider: "ovn" } },
        network: { apiAllowedCidrs: ["10.0.0.0/22"], ingressAllowedCidrs: ["10.0.0.0/22"] },
      },
    ],
    ["a virtual IP", { provider: { api: { topology: "virtual-ip" } } }],
    ["stacked etcd", { etcd: { stacked: true } }],
  ])("never say the same twice, which Neutron refuses, with %s", (_title, changes) => {
    const compared = Object.values(rulesOf(changes)).map(({ "//": _origin, description: _purpose, ...rule }) =>
      JSON.stringify(rule),
    );
    expect(compared.filter((rule, index) => compared.indexOf(rule) !== index)).toEqual([]);
  });
});
