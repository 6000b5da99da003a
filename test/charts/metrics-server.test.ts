import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { MetricsServerChart } from "../../charts/metrics-server/metrics-server-chart.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { eks, openStack } from "../support/bootstraps.js";
import { find, type Manifest } from "./workload-manifests.js";

const manifestsOf = (config: ClusterConfig) =>
  Testing.synth(new MetricsServerChart(Testing.app(), "metrics-server", { config })) as Manifest[];

describe.each([
  ["OpenStack", openStack()],
  ["Amazon EKS", eks()],
])("metrics-server on %s", (_title, config) => {
  const manifests = manifestsOf(config);
  const deployment = find(manifests, "Deployment");

  it("serves the API that its APIService leads to, through its Service, on a port of its own container", () => {
    const { service } = find(manifests, "APIService").spec;
    const { metadata, spec } = find(manifests, "Service");
    expect(service).toEqual({ name: metadata.name, namespace: metadata.namespace, port: spec.ports?.[0]?.port });
    const [container] = deployment.spec.template.spec.containers;
    expect(container?.ports).toContainEqual({ name: spec.ports?.[0]?.targetPort, containerPort: 10250 });
    expect(container?.args).toContain("--secure-port=10250");
  });

  it("survives the loss of a node", () => {
    expect(deployment.spec.replicas).toBe(2);
  });

  it("may read nodes' metrics, nodes and pods, and change nothing", () => {
    const verbs = (find(manifests, "ClusterRole", "rackspace:metrics-server").rules ?? []).flatMap(
      (rule) => rule.verbs,
    );
    expect([...new Set(verbs)].sort()).toEqual(["get", "list", "watch"]);
  });

  it("reaches the API server and kubelets, and is reached by nodes", () => {
    const policies = manifests.filter(({ kind }) => kind === "NetworkPolicy").map(({ metadata }) => metadata.name);
    expect(policies).toEqual([
      "metrics-server-to-api-server",
      "metrics-server-to-nodes-10250",
      "metrics-server-from-nodes-10250",
    ]);
  });
});

describe("metrics-server", () => {
  const args = (config: ClusterConfig) =>
    find(manifestsOf(config), "Deployment").spec.template.spec.containers[0]?.args;

  it("trusts the certificates of EKS' kubelets, and on OpenStack asks for none", () => {
    expect(args(eks())).not.toContain("--kubelet-insecure-tls");
    expect(args(openStack())).toContain("--kubelet-insecure-tls");
  });

  it("comes from the mirror where there is one", () => {
    const config = openStack({ containerImages: { mirror: "registry.example.com/mirror" } });
    expect(find(manifestsOf(config), "Deployment").spec.template.spec.containers[0]?.image).toMatch(
      /^registry\.example\.com\/mirror\/registry\.k8s\.io\/metrics-server\/metrics-server:v/,
    );
  });
});
