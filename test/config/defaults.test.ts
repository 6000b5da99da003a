import { describe, expect, it } from "@jest/globals";
import { allNodes, etcdMembers } from "../../src/config/cluster-config.js";
import { nodeGroupSizes } from "../../src/config/node-group-sizes.js";
import { catalogue } from "../../src/versions/catalogue.js";
import { eks, openStack } from "../support/bootstraps.js";

describe("the smallest file for OpenStack", () => {
  const config = openStack();

  it("gives five etcd members, three controllers and three workers", () => {
    expect(etcdMembers(config)).toHaveLength(5);
    expect(config.controllers).toHaveLength(3);
    expect(config.workerPools.map(({ name, nodes }) => [name, nodes.length])).toEqual([["default", 3]]);
    expect(allNodes(config)).toHaveLength(11);
  });

  it("is a production cluster of the catalogue's default version", () => {
    expect(config).toMatchObject({ profile: "production", kubernetes: catalogue.kubernetes.default });
  });

  it("is rpco: Octavia, Swift and a Designate zone of the cluster's own", () => {
    expect(config.provider).toMatchObject({
      distribution: "rpco",
      octavia: true,
      objectStorage: "swift",
      dns: { manage: "zone", zone: "demo.mk8s.example.com.", ttlSeconds: 300 },
      api: { topology: "floating-ips" },
      ingress: "load-balancer",
    });
    expect(config.provider.tenancy).toBeUndefined();
  });

  it("opens the ingress to whom the API is open, and SSH to nobody", () => {
    expect(config.network.ingressAllowedCidrs).toEqual(["198.51.100.0/24"]);
    expect(config.network.sshAllowedCidrs).toEqual([]);
  });

  it("names hosts below <cluster>.<domain>", () => {
    expect(config.apiHosts).toEqual({ public: "api.demo.mk8s.example.com", internal: "api-int.demo.mk8s.example.com" });
    expect(config.ingressWildcard).toBe("*.demo.mk8s.example.com");
  });

  it("gives controllers and etcd members fixed addresses by their numbers", () => {
    expect(etcdMembers(config).map(({ fixedAddress }) => fixedAddress)).toEqual([
      "10.0.0.16",
      "10.0.0.17",
      "10.0.0.18",
      "10.0.0.19",
      "10.0.0.20",
    ]);
    expect(config.controllers[2]).toMatchObject({ key: "controller-2", fixedAddress: "10.0.0.34" });
    expect(config.workerPools[0]?.nodes[0]?.fixedAddress).toBeUndefined();
  });

  it("calls the role of administrators after the cluster", () => {
    expect(config.access.adminRole).toBe("demo-admins");
  });
});

describe("rhosp", () => {
  const config = openStack({ provider: { distribution: "rhosp", api: { topology: "virtual-ip" } } });

  it("comes without Octavia and Designate, and with RGW", () => {
    expect(config.provider).toMatchObject({
      octavia: false,
      objectStorage: "rgw",
      dns: { manage: "none" },
      ingress: "virtual-ip",
    });
  });
});

describe("nodes by number", () => {
  it("keep their names, zones and addresses when one between them goes", () => {
    const before = openStack({ provider: { availabilityZones: ["a", "b"] }, workers: [{ count: 4 }] });
    const after = openStack({ provider: { availabilityZones: ["a", "b"] }, workers: [{ ordinals: [3, 0, 2] }] });
    const kept = before.workerPools[0]?.nodes.filter(({ ordinal }) => ordinal !== 1);
    expect(after.workerPools[0]?.nodes).toEqual(kept);
  });
});

describe("the tenancy's quotas", () => {
  const manage = { tenancy: { manage: true, adminCloud: "admin" } };

  it("leave room to grow by half", () => {
    const tenancy = openStack({ provider: manage }).provider.tenancy;
    expect(tenancy).toMatchObject({ project: "demo", user: "demo-kaas", quotas: { instances: 22 } });
    expect(tenancy?.quotas.cores).toBeGreaterThan(28 * 1.5);
  });

  it("leave out what depends on a flavor known by name only", () => {
    const { quotas } = openStack({ provider: manage, workers: [{ flavor: "kaas.worker" }] }).provider.tenancy ?? {};
    expect(quotas?.cores).toBeUndefined();
    expect(quotas?.instances).toBe(22);
  });

  it("are the user's where given", () => {
    const provider = { tenancy: { ...manage.tenancy, quotas: { instances: 99, ramGiB: -1 } } };
    expect(openStack({ provider }).provider.tenancy?.quotas).toMatchObject({ instances: 99, ramGiB: -1, volumes: 272 });
  });
});

describe("the longest names that the schema takes", () => {
  it("make host names within the 63 characters of a label", () => {
    const config = openStack({
      cluster: { name: "a".repeat(20) },
      workers: [{ count: 3 }, { name: "b".repeat(15), ordinals: [999] }],
    });
    const longest = Math.max(...allNodes(config).map(({ serverName }) => serverName.length));
    expect(longest).toBe(47);
  });
});

describe("the smallest file for EKS", () => {
  const config = eks();

  it("is private, with a NAT gateway a zone", () => {
    expect(config.provider).toMatchObject({ endpoint: { public: false, allowedCidrs: [] }, nat: "per-zone" });
  });

  it("has one group of three nodes", () => {
    expect(config.nodeGroups).toMatchObject([{ name: "default", count: 3, ami: "al2023", capacity: "on-demand" }]);
  });

  it("makes a Route 53 zone of the cluster's own, and no repository", () => {
    expect(config.provider).toMatchObject({
      dns: { manage: "zone", zone: "demo.mk8s.example.com.", ttlSeconds: 300 },
      repositories: [],
    });
  });

  it("trusts the kubernetes-auth of the cluster itself", () => {
    expect(config.issuerUrl).toBe("https://kubernetes-auth.demo.mk8s.example.com");
  });

  it("opens the ingress to whom the API is open", () => {
    expect(config.network.ingressAllowedCidrs).toEqual([]);
    const endpoint = { public: true, allowedCidrs: ["198.51.100.0/24"] };
    expect(eks({ provider: { endpoint } }).network.ingressAllowedCidrs).toEqual(endpoint.allowedCidrs);
  });
});

describe("the sizes of a node group", () => {
  it.each([
    { sizes: { count: 3 }, minCount: 3, maxCount: 3 },
    { sizes: { count: 0 }, minCount: 0, maxCount: 1 },
    { sizes: { count: 0, maxCount: 4 }, minCount: 0, maxCount: 4 },
    { sizes: { count: 3, minCount: 1 }, minCount: 1, maxCount: 3 },
    { sizes: { count: 2, minCount: 0, maxCount: 9 }, minCount: 0, maxCount: 9 },
  ])("of $sizes are from $minCount to $maxCount, for the rules and for the cluster", ({ sizes, ...bounds }) => {
    expect(nodeGroupSizes(sizes)).toEqual({ count: sizes.count, ...bounds });
    const [, group] = eks({ workers: [{}, { name: "second", ...sizes }] }).nodeGroups;
    expect(group).toMatchObject(nodeGroupSizes(sizes));
  });
});
