import { describe, expect, it } from "@jest/globals";
import { Chart, Testing } from "cdk8s";
import { Connections } from "../../../charts/shared/connections.js";
import type { ClusterConfig } from "../../../src/config/cluster-config.js";
import { eks, openStack } from "../../support/bootstraps.js";
import type { Manifest } from "../workload-manifests.js";

function policies(config: ClusterConfig, connect: (connections: Connections) => void): readonly Manifest[] {
  const chart = new Chart(Testing.app(), "chart");
  connect(
    new Connections(chart, "connections", { config, workload: { namespace: "rackspace-system", name: "prometheus" } }),
  );
  return Testing.synth(chart) as Manifest[];
}

describe("connections", () => {
  const other = { namespace: "rackspace-node-agents", name: "node-exporter" };

  it("of two workloads have a policy at each, in its own namespace, which names the other and the port", () => {
    const [to, from] = policies(openStack(), (connections) => {
      connections.allowTo(other, 9100);
    });
    expect(to).toMatchObject({
      metadata: { name: "prometheus-to-node-exporter", namespace: "rackspace-system" },
      spec: {
        podSelector: { matchLabels: { "k8s-app": "prometheus" } },
        policyTypes: ["Egress"],
        egress: [
          {
            to: [
              {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "rackspace-node-agents" } },
                podSelector: { matchLabels: { "k8s-app": "node-exporter" } },
              },
            ],
            ports: [{ protocol: "TCP", port: 9100 }],
          },
        ],
      },
    });
    expect(from).toMatchObject({
      metadata: { name: "node-exporter-from-prometheus", namespace: "rackspace-node-agents" },
      spec: {
        podSelector: { matchLabels: { "k8s-app": "node-exporter" } },
        policyTypes: ["Ingress"],
        ingress: [
          {
            from: [
              {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "rackspace-system" } },
                podSelector: { matchLabels: { "k8s-app": "prometheus" } },
              },
            ],
            ports: [{ protocol: "TCP", port: 9100 }],
          },
        ],
      },
    });
  });

  const ends = (config: ClusterConfig, connect: (connections: Connections) => void) =>
    policies(config, connect).flatMap(({ spec }) => [...(spec.egress ?? []), ...(spec.ingress ?? [])]);
  const blocks = (...cidrs: readonly string[]) => cidrs.map((cidr) => ({ ipBlock: { cidr } }));
  const tcp = (port: number) => [{ protocol: "TCP", port }];

  it("to the API server name the controllers on OpenStack, Amazon's interfaces on EKS, and the service on both", () => {
    const toApiServer = (connections: Connections) => {
      connections.allowToApiServer();
    };
    expect(ends(openStack(), toApiServer)).toEqual([
      { to: blocks("10.0.0.32/32", "10.0.0.33/32", "10.0.0.34/32"), ports: tcp(6443) },
      { to: blocks("10.3.0.1/32"), ports: tcp(443) },
    ]);
    expect(ends(eks(), toApiServer)).toEqual([
      { to: blocks("10.0.0.0/16"), ports: tcp(443) },
      { to: blocks("172.20.0.1/32"), ports: tcp(443) },
    ]);
  });

  it("from nodes name the overlay's addresses too, since a node speaks through its tunnel", () => {
    const fromNodes = (connections: Connections) => {
      connections.allowFromNodes(8443);
    };
    expect(ends(openStack(), fromNodes)).toEqual([{ from: blocks("10.0.0.0/22", "10.2.0.0/16"), ports: tcp(8443) }]);
    expect(ends(eks(), fromNodes)).toEqual([{ from: blocks("10.0.0.0/16"), ports: tcp(8443) }]);
  });

  it("to AWS name the agent that gives pods their credentials, and whoever serves https", () => {
    const toAws = (connections: Connections) => {
      connections.allowToAws();
    };
    expect(ends(eks(), toAws)).toEqual([
      { to: blocks("169.254.170.23/32"), ports: tcp(80) },
      { to: blocks("0.0.0.0/0"), ports: tcp(443) },
    ]);
  });

  it("to nodes name their own addresses alone", () => {
    const toNodes = (connections: Connections) => {
      connections.allowToNodes(10250);
    };
    expect(ends(openStack(), toNodes)).toEqual([{ to: blocks("10.0.0.0/22"), ports: tcp(10250) }]);
  });

  it("to anywhere name a port, or every port of TCP where nobody knows which", () => {
    const toCloud = (...ports: readonly number[]) =>
      ends(openStack(), (connections) => {
        connections.allowToAnywhere("cloud", ...ports);
      });
    expect(toCloud(443)).toEqual([{ to: blocks("0.0.0.0/0"), ports: tcp(443) }]);
    expect(toCloud()).toEqual([{ to: blocks("0.0.0.0/0"), ports: [{ protocol: "TCP" }] }]);
  });
});
