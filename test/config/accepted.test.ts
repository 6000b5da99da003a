import { describe, expect, it } from "@jest/globals";
import { allNodes, etcdMembers } from "../../src/config/cluster-config.js";
import { listEnvironments, loadEnvironment } from "../../src/config/environments.js";
import { subnetPlan } from "../../src/eks/subnet-plan.js";
import { Cidr } from "../../src/lib/cidr.js";
import { catalogue } from "../../src/versions/catalogue.js";
import { eks, openStack } from "../support/bootstraps.js";

const ROOT = new URL("../../", import.meta.url).pathname;

const topologies = ["floating-ips", "octavia", "virtual-ip"];
const distributions = ["rpco", "rhosp"];
const etcds = [
  { stacked: true },
  { count: 1 },
  { count: 3 },
  { count: 5 },
  { count: 7 },
  { count: 9 },
  { ordinals: [0, 2, 4] },
];
const zones = [[], ["az1"], ["az1", "az2", "az3"]];

const combinations = topologies.flatMap((topology) =>
  distributions.flatMap((distribution) =>
    etcds.flatMap((etcd) => zones.map((availabilityZones) => ({ topology, distribution, etcd, availabilityZones }))),
  ),
);

describe("on OpenStack", () => {
  it.each(combinations)(
    "accepts $topology on $distribution with etcd $etcd and zones $availabilityZones",
    ({ topology, distribution, etcd, availabilityZones }) => {
      const config = openStack({
        cluster: { profile: "development" },
        provider: { distribution, octavia: true, dns: { manage: "records" }, availabilityZones, api: { topology } },
        etcd,
      });
      expect(config.provider.api.topology).toBe(topology);
      expect(etcdMembers(config).length % 2).toBe(1);
      expect(new Set(allNodes(config).map(({ serverName }) => serverName)).size).toBe(allNodes(config).length);
      for (const { availabilityZone } of allNodes(config)) {
        expect(availabilityZone === undefined).toBe(availabilityZones.length === 0);
      }
    },
  );

  it.each(["calico", "canal"])("accepts %s in production", (cni) => {
    expect(openStack({ network: { cni } }).network.cni).toBe(cni);
  });

  it("accepts in development what production refuses", () => {
    const config = openStack({
      cluster: { profile: "development" },
      network: { cni: "flannel" },
      etcd: { count: 1 },
      controlPlane: { count: 1 },
      terraform: { providers: { openstack: "0.0.0" } },
    });
    expect(config.controllers).toHaveLength(1);
  });

  it("accepts one controller with a floating IP and no managed DNS: its address is the name", () => {
    const config = openStack({
      cluster: { profile: "development" },
      provider: { dns: { manage: "none" } },
      controlPlane: { count: 1 },
    });
    expect(config.provider.dns).toEqual({ manage: "none" });
  });

  it.each(topologies)("accepts hard anti-affinity over zones with %s", (topology) => {
    const config = openStack({
      provider: { antiAffinity: "hard", availabilityZones: ["a", "b", "c"], api: { topology } },
    });
    expect(config.provider.antiAffinity).toBe("hard");
  });

  it.each(["amphora", "ovn"])("accepts Octavia's driver %s", (provider) => {
    expect(openStack({ provider: { api: { topology: "octavia", provider } } }).provider.api).toEqual({
      topology: "octavia",
      provider,
    });
  });

  it.each(["demo.mk8s.example.com.", "mk8s.example.com.", "example.com."])("accepts the zone %s", (zone) => {
    for (const manage of ["zone", "records"]) {
      expect(openStack({ provider: { dns: { manage, zone } } }).provider.dns).toMatchObject({ manage, zone });
    }
  });

  it("accepts a node network that is exactly large enough, and refuses one half as large", () => {
    // 64 fixed + 46 workers + 1 surge + 16 balancers + broadcast = 128
    const pool = (count: number) => ({ workers: [{ count }], network: { nodeCidr: "10.0.0.0/25" } });
    expect(openStack(pool(46)).addresses.pool.end).toBe("10.0.0.126");
    expect(() => openStack(pool(47))).toThrow("write a /24 or larger");
  });

  it("accepts a pod network that is exactly large enough", () => {
    // 3 controllers + 1, 11 workers + 1: sixteen times a /24
    const pool = (count: number) => ({ workers: [{ count }], network: { podCidr: "10.2.0.0/20" } });
    expect(openStack(pool(11)).network.podCidr).toBe("10.2.0.0/20");
    expect(() => openStack(pool(12))).toThrow("write a /19 or larger");
  });

  it("accepts replicas on as many workers over several pools", () => {
    const config = openStack({
      workers: [{ count: 2 }, { name: "second", count: 1, taints: [{ key: "a", effect: "PreferNoSchedule" }] }],
    });
    expect(config.services.logging.replicas).toBe(3);
  });

  it("does not ask for replicas of a service that is switched off", () => {
    const services = { logging: { enabled: false }, monitoring: { replicas: 1 }, ingress: { replicas: 1 } };
    expect(openStack({ services, workers: [{ count: 1 }] }).workerPools[0]?.nodes).toHaveLength(1);
  });

  it.each([
    { backend: "local" },
    { backend: "local", directory: "../state" },
    { backend: "s3", bucket: "kaas", endpoint: "http://127.0.0.1:9000" },
    { backend: "pg" },
    { backend: "http", address: "https://state.example.com/kaas/" },
  ])("accepts the state $backend", (state) => {
    expect(openStack({ terraform: { state } }).terraform.state.backend).toBe(state.backend);
  });

  it.each([
    "kubernetes.io/os",
    "node.kubernetes.io/pool",
    "sub.kubelet.kubernetes.io/x",
    "example.com/k8s.io",
    "team",
    "notkubernetes.io/a",
  ])("accepts the label %s, which a kubelet may set", (label) => {
    expect(openStack({ workers: [{ labels: { [label]: "x" } }] }).workerPools[0]?.labels).toEqual({ [label]: "x" });
  });

  it("accepts a section that stands empty as if it were absent", () => {
    expect(openStack({ services: null, etcd: null }).services).toEqual(openStack().services);
  });
});

describe("on EKS", () => {
  const all = catalogue.kubernetes.versions.map(({ version }) => version);

  it.each(all)("accepts Kubernetes %s", (kubernetes) => {
    expect(eks({ cluster: { kubernetes } }).kubernetes).toBe(kubernetes);
  });

  it.each([
    { nat: "single" },
    { nat: "per-zone" },
    { endpoint: { public: true, allowedCidrs: ["0.0.0.0/0"] } },
    { vpcCidr: "192.168.0.0/22" },
    { availabilityZones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"] },
    { availabilityZones: ["eu-central-1f", "eu-central-1a"] },
    { adminRoleArns: ["arn:aws:iam::123456789012:role/platform/admins"] },
    { repositories: ["platform/kubernetes-auth", "platform/panel"] },
  ])("accepts %j", (provider) => {
    expect(eks({ provider }).provider).toMatchObject(provider);
  });

  it("accepts nodes without NAT beside a mirror", () => {
    expect(eks({ provider: { nat: "none" }, containerImages: { mirror: "registry.internal/kaas" } }).provider.nat).toBe(
      "none",
    );
  });

  it.each(["al2023", "bottlerocket", { id: "ami-0123456789abcdef0" }])("accepts the image %j", (ami) => {
    for (const capacity of ["on-demand", "spot"]) {
      const group = { name: "own", ami, capacity, minCount: 1, maxCount: 9 };
      expect(eks({ workers: [{}, group] }).nodeGroups[1]).toMatchObject(group);
    }
  });

  it.each([
    { ami: "al2023", amiRelease: "1.35.4-20261101" },
    { ami: "al2023", amiRelease: "1.35.0-20260801" },
    { ami: "bottlerocket", amiRelease: "1.52.0-0a1b2c3d" },
  ])("accepts the release $amiRelease of $ami beside Kubernetes 1.35", (image) => {
    expect(eks({ cluster: { kubernetes: "1.35.4" }, workers: [image] }).nodeGroups).toMatchObject([image]);
  });

  it.each([[["m7i.xlarge", "m6a.xlarge", "m5.xlarge"]], [["m7g.xlarge", "c7gn.xlarge", "t4g.xlarge"]]])(
    "accepts types of one architecture, %j",
    (instanceTypes) => {
      expect(eks({ workers: [{ instanceTypes }] }).nodeGroups[0]?.instanceTypes).toEqual(instanceTypes);
    },
  );

  it("accepts a VPC whose zones are exactly large enough, and refuses one more node", () => {
    // An eighth of a /22 has 123 addresses for nodes: 4 of 30 in each zone
    const group = (maxCount: number, availabilityZones: readonly string[]) => ({
      provider: { vpcCidr: "10.0.0.0/22", availabilityZones },
      workers: [{ maxCount }],
    });
    const zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
    expect(eks(group(8, zones.slice(1))).nodeGroups[0]?.maxCount).toBe(8);
    expect(() => eks(group(9, zones.slice(1)))).toThrow("write a /21 or larger");
    expect(eks(group(12, zones)).nodeGroups[0]?.maxCount).toBe(12);
    expect(() => eks(group(13, zones))).toThrow("write a /21 or larger");
  });

  it("counts the addresses of a zone that its subnet has", () => {
    const [zone] = subnetPlan("10.0.0.0/22", ["eu-central-1a"]);
    const nodes = { provider: { vpcCidr: "10.0.0.0/22" }, workers: [{ maxCount: 9 }] };
    expect(() => eks(nodes)).toThrow(`${Cidr.parse(zone?.privateCidr ?? "").size - 5} addresses`);
  });

  it("spreads each group over the zones by itself, and so its odd node may be another's zone's too", () => {
    // An eighth of a /21 has room for 8: 3 of five and 6 of eleven are 9
    const groups = (...counts: readonly number[]) => ({
      provider: { vpcCidr: "10.0.0.0/21" },
      workers: counts.map((count, index) => ({ name: `group-${index}`, count })),
    });
    expect(eks(groups(16)).nodeGroups).toHaveLength(1);
    expect(() => eks(groups(5, 11))).toThrow("9 nodes");
  });

  it("accepts spot nodes beside on-demand ones in production, and alone in development", () => {
    const spot = { capacity: "spot" };
    expect(eks({ workers: [spot, { name: "steady", count: 3 }] }).nodeGroups).toHaveLength(2);
    expect(eks({ cluster: { profile: "development" }, workers: [spot] }).nodeGroups).toHaveLength(1);
    expect(() => eks({ workers: [spot] })).toThrow("spot nodes");
  });

  it.each(["demo.mk8s.example.com.", "mk8s.example.com.", "example.com."])("accepts the zone %s", (zone) => {
    for (const manage of ["zone", "records"]) {
      expect(eks({ provider: { dns: { manage, zone } } }).provider.dns).toMatchObject({ manage, zone });
    }
  });

  it("manages a zone that is named without more, and so refuses one that does not hold the cluster", () => {
    const dns = (zone: string) => ({ provider: { dns: { zone } } });
    expect(eks(dns("mk8s.example.com.")).provider.dns).toMatchObject({ manage: "zone", zone: "mk8s.example.com." });
    expect(() => eks(dns("example.org."))).toThrow("does not hold the cluster's domain");
  });

  it("accepts a role of administrators, which kubernetes-auth knows on every cloud", () => {
    expect(eks({ access: { adminRole: "ops" } }).access.adminRole).toBe("ops");
  });

  it.each(["identity-demo", "tenancy", "identity"])("accepts the name %s, which no other stack can have", (name) => {
    expect(eks({ cluster: { name } }).name).toBe(name);
  });
});

describe("the environments of this repository", () => {
  it.each(listEnvironments(ROOT))("$name is sound", (environment) => {
    expect(loadEnvironment(environment)).toMatchObject({ ok: true, config: { name: environment.name } });
  });
});
