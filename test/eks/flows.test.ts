import { describe, expect, it } from "@jest/globals";
import { Cidr } from "../../src/lib/cidr.js";
import { clusterFlows, groupsOf, type Group } from "../../src/eks/flows.js";
import { eksCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack } from "../support/synthesized.js";
import { bystander, dynamodb, member, packetsOf, s3, stranger, user } from "./support/packet-samples.js";
import { declares, passes, rulesOf, type Place } from "./support/packets.js";

const network = { ingressAllowedCidrs: ["198.51.100.0/24", "100.64.0.0/10"] };
const closedNetwork = { provider: { nat: "none" }, containerImages: { mirror: "registry.example.com/mirror" } };
const publicEndpoint = { provider: { endpoint: { public: true, allowedCidrs: ["198.51.100.0/24"] } } };

const clusters: Readonly<Record<string, BootstrapChanges>> = {
  "a NAT gateway in each zone": { network },
  "a single NAT gateway": { network, provider: { nat: "single" } },
  "no way out": { network, ...closedNetwork },
  "a public endpoint": publicEndpoint,
  "an ingress that is open to the world": { network: { ingressAllowedCidrs: ["0.0.0.0/0"] } },
  "an ingress for the VPC's own": { network: { ingressAllowedCidrs: ["10.0.0.0/16"] } },
  "nobody to let in": {},
  "networks that are connected": { provider: { endpoint: { connectedCidrs: ["10.8.0.0/16"] } } },
  "no ingress": { network, services: { ingress: { enabled: false } } },
};

describe.each(Object.entries(clusters))("security group rules with %s", (_title, changes) => {
  it("let through what flows declare at both ends, and nothing else", () => {
    const config = eksCluster(changes);
    const rules = rulesOf(clusterStack(config));
    const flows = clusterFlows(config);
    const packets = packetsOf(config);
    const through = packets.filter((packet) => passes(rules, packet));

    expect(through).toEqual(packets.filter((packet) => declares(flows, packet)));
    expect(through.length).toBeGreaterThan(100);
    expect(through.length).toBeLessThan(packets.length / 2);
  });

  it("let nobody from outside reach a node, the control plane or an endpoint", () => {
    const config = eksCluster(changes);
    const rules = rulesOf(clusterStack(config));
    const isConnected = ({ address }: Place) =>
      config.provider.endpoint.connectedCidrs.some((cidr) => Cidr.parse(cidr).contains(address));
    const inwards = packetsOf(config).filter(
      ({ from, to }) => from.group === undefined && to.group !== "load-balancers" && !isConnected(from),
    );
    expect(inwards.length).toBeGreaterThan(500);
    expect(inwards.filter((packet) => passes(rules, packet))).toEqual([]);
  });
});

describe("flows", () => {
  const admitted = (changes: BootstrapChanges, from: Place | Group, to: Place | Group, ...ports: readonly number[]) => {
    const config = eksCluster(changes);
    const rules = rulesOf(clusterStack(config));
    const place = (end: Place | Group) => (typeof end === "string" ? member(config, end) : end);
    const ends = { from: place(from), to: place(to) };
    return ports.map((port) => passes(rules, { ...ends, protocol: "tcp", port }));
  };
  const inVpc = bystander(eksCluster());
  const PORTS = Array.from({ length: 65_535 }, (_, index) => index + 1);
  /** Every port of TCP that is open from one to the other. */
  const openPorts = (changes: BootstrapChanges, from: Place | Group, to: Place | Group) => {
    const open = admitted(changes, from, to, ...PORTS);
    return PORTS.filter((_, index) => open[index]);
  };

  it("let nodes reach the Kubernetes API by its port alone, and nobody else", () => {
    expect(openPorts({ network }, "workers", "control-plane")).toEqual([443]);
    for (const sender of [inVpc, user, stranger, "load-balancers"] as const) {
      expect(admitted({ network }, sender, "control-plane", 443)).toEqual([false]);
    }
  });

  it("let connected networks reach the API by its port alone, and no node", () => {
    const connected = { provider: { endpoint: { connectedCidrs: ["10.8.0.0/16"] } } };
    const office = { address: "10.8.7.6" };
    expect(openPorts(connected, office, "control-plane")).toEqual([443]);
    expect(openPorts(connected, office, "workers")).toEqual([]);
    expect(admitted(connected, { address: "10.9.0.1" }, "control-plane", 443)).toEqual([false]);
  });

  it("let the API server reach kubelets and webhooks, and nothing else of a node", () => {
    expect(openPorts({}, "control-plane", "workers")).toEqual([8443, 9443, 10250]);
    expect(admitted({}, inVpc, "workers", 10250, 9443)).toEqual([false, false]);
  });

  it("let balancers reach NodePorts alone", () => {
    const open = openPorts({}, "load-balancers", "workers");
    expect([open[0], open.at(-1), open.length]).toEqual([30000, 32767, 2768]);
    expect(admitted({}, inVpc, "workers", 31234)).toEqual([false]);
  });

  it("let users reach the ingress' balancer by http and https, from the named ranges", () => {
    const to = "load-balancers";
    expect(openPorts({ network }, user, to)).toEqual([80, 443]);
    expect(admitted({ network }, { address: "100.127.255.255" }, to, 443)).toEqual([true]);
    for (const other of [stranger, { address: "100.128.0.0" }, { address: "198.51.101.0" }]) {
      expect(admitted({ network }, other, to, 80, 443)).toEqual([false, false]);
    }
  });

  it("let those who may use a public endpoint use the ingress too, unless told otherwise", () => {
    expect(admitted(publicEndpoint, user, "load-balancers", 443)).toEqual([true]);
    expect(admitted({}, user, "load-balancers", 443)).toEqual([false]);
    const without = { ...publicEndpoint, services: { ingress: { enabled: false } } };
    expect(admitted(without, user, "load-balancers", 443)).toEqual([false]);
  });

  it("let nodes go anywhere where there is NAT", () => {
    for (const to of [stranger, s3, inVpc])
      expect(admitted({}, "workers", to, 53, 443, 5432)).toEqual([true, true, true]);
  });

  it("keep nodes without NAT in the VPC, but for S3 and DynamoDB by https", () => {
    for (const to of [stranger, user]) {
      expect(admitted(closedNetwork, "workers", to, 53, 80, 443)).toEqual([false, false, false]);
    }
    for (const to of [s3, dynamodb]) expect(admitted(closedNetwork, "workers", to, 80, 443)).toEqual([false, true]);
    expect(admitted(closedNetwork, "workers", inVpc, 443, 5432)).toEqual([true, true]);
  });

  it("let nodes alone ask AWS by the interface endpoints, by https", () => {
    expect(openPorts(closedNetwork, "workers", "endpoints")).toEqual([443]);
    for (const sender of ["control-plane", "load-balancers", inVpc] as const) {
      expect(admitted(closedNetwork, sender, "endpoints", 443)).toEqual([false]);
    }
  });

  it("let nodes alone open connections to what is in no group of the cluster", () => {
    for (const changes of [{ network }, closedNetwork]) {
      for (const sender of groupsOf(eksCluster(changes)).filter((group) => group !== "workers")) {
        for (const to of [stranger, s3, inVpc]) expect(admitted(changes, sender, to, 53, 443)).toEqual([false, false]);
      }
    }
  });

  it("have names of their own, by which their rules are keyed", () => {
    for (const changes of Object.values(clusters)) {
      const names = clusterFlows(eksCluster(changes)).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
