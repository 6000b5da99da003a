import { describe, expect, it } from "@jest/globals";
import type { NodeRole } from "../../src/config/cluster-config.js";
import { clusterFlows } from "../../src/openstack/flows.js";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import {
  balancerAddress,
  client,
  nodeAddress,
  operator,
  packetsOf,
  snat,
  stranger,
} from "../support/packet-samples.js";
import { admits, declares, rulesOf, type Packet } from "../support/packets.js";
import { clusterStack } from "../support/synthesized.js";

const network = {
  apiAllowedCidrs: ["198.51.100.0/24"],
  sshAllowedCidrs: ["198.51.100.240/28"],
  ingressAllowedCidrs: ["100.64.0.0/10"],
};
const clusters: Readonly<Record<string, BootstrapChanges>> = {
  "floating IPs": { network },
  "floating IPs without Octavia": { network, provider: { octavia: false } },
  "Octavia with amphorae": { network, provider: { api: { topology: "octavia" } } },
  "Octavia with OVN": { network, provider: { api: { topology: "octavia", provider: "ovn" } } },
  "a virtual IP": { network, provider: { api: { topology: "virtual-ip" } } },
  "stacked etcd": { network, etcd: { stacked: true } },
  flannel: { network: { ...network, cni: "flannel" } },
  canal: { network: { ...network, cni: "canal" } },
  "no SSH": { network: { apiAllowedCidrs: network.apiAllowedCidrs } },
};

describe.each(Object.entries(clusters))("security group rules with %s", (_title, changes) => {
  it("admit what a flow declares and nothing else", () => {
    const config = openStackCluster(changes);
    const rules = rulesOf(clusterStack(config));
    const flows = clusterFlows(config);
    const packets = packetsOf(config);

    expect(packets.filter((packet) => admits(rules, packet))).toEqual(
      packets.filter((packet) => declares(flows, packet)),
    );
    expect(packets.filter((packet) => admits(rules, packet)).length).toBeGreaterThan(20);
  });
});

describe("flows", () => {
  const plain = openStackCluster({ network });
  const balancer = balancerAddress(plain);
  const admitted = (changes: BootstrapChanges, packet: Packet) =>
    admits(rulesOf(clusterStack(openStackCluster({ network, ...changes }))), packet);
  const api = (address: string): Packet => ({ address, to: "controller", protocol: "tcp", port: 6443 });

  it("let API users in by their own address with floating IPs, a virtual IP and OVN", () => {
    expect(admitted({}, api(client))).toBe(true);
    expect(admitted({ provider: { api: { topology: "virtual-ip" } } }, api(client))).toBe(true);
    expect(admitted({ provider: { api: { topology: "octavia", provider: "ovn" } } }, api(client))).toBe(true);
  });

  it("leave the check of API users to the listener behind amphorae, which show their own address", () => {
    const changes = { provider: { api: { topology: "octavia" } } };
    expect(admitted(changes, api(balancer))).toBe(true);
    expect(admitted(changes, api(client))).toBe(false);
  });

  it("refuse nodes that come back by the router's address, and strangers", () => {
    for (const topology of ["floating-ips", "octavia", "virtual-ip"]) {
      const changes = { provider: { api: { topology } } };
      expect(admitted(changes, api(snat))).toBe(false);
      expect(admitted(changes, api(stranger))).toBe(false);
    }
  });

  it("let balancers reach NodePorts from the node network", () => {
    expect(admitted({}, { address: balancer, to: "worker", protocol: "tcp", port: 31234 })).toBe(true);
    expect(admitted({}, { address: stranger, to: "worker", protocol: "tcp", port: 31234 })).toBe(false);
  });

  it("let ingress users reach the ingress NodePorts alone behind a virtual IP, and every NodePort with OVN", () => {
    const user = (port: number): Packet => ({ address: "100.64.3.4", to: "worker", protocol: "tcp", port });
    const virtualIp = { provider: { api: { topology: "virtual-ip" } } };
    const ovn = { provider: { api: { topology: "octavia", provider: "ovn" } } };
    expect([30080, 30443].map((port) => admitted(virtualIp, user(port)))).toEqual([true, true]);
    expect([30079, 30081, 30442, 30444, 31234].map((port) => admitted(virtualIp, user(port)))).not.toContain(true);
    expect(admitted(ovn, user(31234))).toBe(true);
    expect(admitted({}, user(30443))).toBe(false);
  });

  it("keep workers from etcd's data and etcd from everything but etcd", () => {
    const etcd = (role: NodeRole, port: number): Packet => ({
      role,
      address: nodeAddress(plain, role),
      to: "etcd",
      protocol: "tcp",
      port,
    });
    expect(admitted({}, etcd("worker", 2379))).toBe(false);
    expect(admitted({}, etcd("controller", 2379))).toBe(true);
    expect(admitted({}, etcd("controller", 2380))).toBe(false);
    expect(
      admitted(
        {},
        { role: "etcd", address: nodeAddress(plain, "etcd"), to: "controller", protocol: "tcp", port: 6443 },
      ),
    ).toBe(false);
  });

  it("open SSH to nobody unless asked", () => {
    const ssh: Packet = { address: operator, to: "worker", protocol: "tcp", port: 22 };
    expect(admitted({}, ssh)).toBe(true);
    expect(admitted({ network: { apiAllowedCidrs: ["0.0.0.0/0"] } }, ssh)).toBe(false);
  });

  it("let Prometheus on workers read what watches over nodes and balancers", () => {
    const metrics: Packet = {
      role: "worker",
      address: nodeAddress(plain, "worker"),
      to: "controller",
      protocol: "tcp",
      port: 10258,
    };
    expect(admitted({}, metrics)).toBe(true);
    expect(admitted({}, { address: stranger, to: "controller", protocol: "tcp", port: 10258 })).toBe(false);
  });
});
