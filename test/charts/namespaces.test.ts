import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { managedNamespaceNames } from "../../src/config/managed-namespaces.js";
import { NamespacesChart } from "../../charts/namespaces/namespaces-chart.js";
import { MANAGED_NAMESPACE_LABEL } from "../../charts/shared/labels.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { eksCluster, openStackCluster } from "../support/clusters.js";
import { type Manifest, named, ofKind } from "./manifests.js";

const clusters: readonly (readonly [string, ClusterConfig])[] = [
  ["OpenStack with Octavia", openStackCluster()],
  ["OpenStack without", openStackCluster({ provider: { api: { topology: "virtual-ip" }, octavia: false } })],
  ["EKS", eksCluster()],
];
const synth = (config: ClusterConfig) =>
  Testing.synth(new NamespacesChart(Testing.app(), "namespaces", config)) as Manifest[];

describe.each(clusters)("the managed namespaces on %s", (_, config) => {
  const manifests = synth(config);
  const namespaces = ofKind(manifests, "Namespace");
  const own = namespaces.map(({ metadata }) => metadata.name).filter((name) => name !== "kube-system");
  const within = (kind: string, namespace: string) =>
    ofKind(manifests, kind).filter(({ metadata }) => metadata.namespace === namespace);

  it("are those whose workloads alerts call the platform's, each with the label by which policies know it", () => {
    expect(namespaces.map(({ metadata }) => metadata.name)).toEqual(managedNamespaceNames(config));
    for (const { metadata } of namespaces) expect(metadata.labels?.[MANAGED_NAMESPACE_LABEL]).toBe("true");
  });

  it("enforce the restricted Pod Security level, but for node agents", () => {
    for (const name of own) {
      const level = name === "rackspace-node-agents" ? "privileged" : "restricted";
      const labels = named(namespaces, name).metadata.labels;
      for (const mode of ["enforce", "warn", "audit"])
        expect(labels?.[`pod-security.kubernetes.io/${mode}`]).toBe(level);
    }
  });

  it("leave kube-system as it is, but for labels", () => {
    expect(named(namespaces, "kube-system").metadata.labels).not.toHaveProperty("pod-security.kubernetes.io/enforce");
    expect(manifests.filter(({ metadata }) => metadata.namespace === "kube-system")).toEqual([]);
  });

  it("deny pods every flow, in and out, but the way to the cluster's DNS", () => {
    for (const name of own) {
      const policies = within("NetworkPolicy", name).map(({ spec }) => spec);
      expect(policies).toContainEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
      expect(policies).toContainEqual({
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [
          {
            to: [
              {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
                podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
              },
            ],
            ports: [
              { port: 53, protocol: "UDP" },
              { port: 53, protocol: "TCP" },
            ],
          },
        ],
      });
      expect(policies).toHaveLength(2);
    }
  });

  it("bound every container that states no bounds, its requests within its limits", () => {
    for (const name of own) {
      const [range, ...others] = within("LimitRange", name);
      expect(others).toEqual([]);
      const [limits] = (range?.spec as { limits: Record<string, unknown>[] }).limits;
      expect(limits).toEqual({
        type: "Container",
        defaultRequest: { cpu: "20m", memory: "64Mi", "ephemeral-storage": "64Mi" },
        default: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "1Gi" },
      });
    }
  });

  it("make each namespace before what is in it", () => {
    const made = new Set<string>();
    for (const { kind, metadata } of manifests) {
      if (kind === "Namespace") made.add(metadata.name);
      else expect(made).toContain(metadata.namespace);
    }
  });
});

describe("what a managed namespace may open to the world", () => {
  const CLOSED = { "services.loadbalancers": "0", "services.nodeports": "0" };
  const quotas = (config: ClusterConfig): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      ofKind(synth(config), "ResourceQuota").map(({ metadata, spec }) => [
        metadata.namespace ?? "",
        (spec as { hard: unknown }).hard,
      ]),
    );

  it("is the balancer of the ingress, with its two ports", () => {
    const balancer = { "services.loadbalancers": "1", "services.nodeports": "2" };
    expect(quotas(openStackCluster())).toEqual({ "rackspace-system": balancer, "rackspace-node-agents": CLOSED });
    expect(quotas(eksCluster())).toEqual({
      "rackspace-system": CLOSED,
      "rackspace-node-agents": CLOSED,
      "ingress-nginx": balancer,
    });
  });

  it("is two ports alone behind a virtual IP", () => {
    const config = openStackCluster({ provider: { api: { topology: "virtual-ip" }, octavia: false } });
    expect(quotas(config)["rackspace-system"]).toEqual({ "services.loadbalancers": "0", "services.nodeports": "2" });
  });
});
