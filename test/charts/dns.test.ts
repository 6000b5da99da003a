import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { chartsOf } from "../../charts/charts-of.js";
import { AmazonDnsChart } from "../../charts/dns/amazon-dns-chart.js";
import { CoreDnsChart } from "../../charts/dns/core-dns-chart.js";
import { corefile } from "../../charts/dns/corefile.js";
import { plannedCluster } from "../../src/config/cluster-outputs.js";
import { eks, openStack } from "../support/bootstraps.js";
import { ofKind } from "./manifests.js";
import { find, type Manifest } from "./workload-manifests.js";

const coreDns = (changes = {}) =>
  Testing.synth(new CoreDnsChart(Testing.app(), "core-dns", { config: openStack(changes) })) as Manifest[];
const amazonDns = (changes = {}) =>
  Testing.synth(new AmazonDnsChart(Testing.app(), "amazon-dns", { config: eks(changes) })) as Manifest[];
const withoutMonitoring = { services: { monitoring: { enabled: false } } };
const NAMES = [
  { port: 53, protocol: "UDP" },
  { port: 53, protocol: "TCP" },
];

describe("CoreDNS on OpenStack", () => {
  const manifests = coreDns();
  const pod = find(manifests, "Deployment").spec.template.spec;
  const [container] = pod.containers;

  it.each([
    ["10.3.0.0/16", "10.3.0.10"],
    ["10.65.128.0/20", "10.65.128.10"],
  ])("answers where kubeadm tells kubelets that it does: in %s at %s", (serviceCidr, address) => {
    const service = find(coreDns({ network: { serviceCidr } }), "Service", "kube-dns");
    expect(service.spec).toMatchObject({ clusterIP: address });
    expect(service.metadata).toMatchObject({ namespace: "kube-system", labels: { "k8s-app": "kube-dns" } });
  });

  it("answers by UDP and TCP, at ports of its own container", () => {
    expect(find(manifests, "Service").spec.ports).toEqual([
      { name: "dns", port: 53, protocol: "UDP", targetPort: "dns" },
      { name: "dns-tcp", port: 53, targetPort: "dns-tcp" },
      { name: "metrics", port: 9153, targetPort: "metrics" },
    ]);
    expect(container?.ports).toEqual(
      expect.arrayContaining([
        { name: "dns", containerPort: 53, protocol: "UDP" },
        { name: "dns-tcp", containerPort: 53 },
        { name: "metrics", containerPort: 9153 },
      ]),
    );
  });

  it("asks its node's resolvers, and never itself, for what is not the cluster's", () => {
    expect(pod).toMatchObject({ dnsPolicy: "Default" });
  });

  it("survives the loss of a node, and goes before what users run", () => {
    expect(find(manifests, "Deployment").spec.replicas).toBe(2);
    expect(find(manifests, "PodDisruptionBudget").spec.maxUnavailable).toBe(1);
    expect(pod).toMatchObject({ priorityClassName: "system-cluster-critical" });
  });

  it("keeps the one capability that its port needs", () => {
    expect(container?.securityContext).toMatchObject({
      capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] },
      readOnlyRootFilesystem: true,
    });
    expect(pod).toMatchObject({ securityContext: { runAsNonRoot: true } });
  });

  it("reads what names are made from, and may change nothing", () => {
    expect(find(manifests, "ClusterRole").rules).toEqual([
      { apiGroups: [""], resources: ["services", "namespaces"], verbs: ["list", "watch"] },
      { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"] },
    ]);
  });

  it("is asked by everybody, and reaches resolvers and the API server", () => {
    expect(find(manifests, "NetworkPolicy", "kube-dns-from-anywhere").spec.ingress).toEqual([
      { from: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: NAMES },
    ]);
    expect(find(manifests, "NetworkPolicy", "kube-dns-to-resolvers").spec.egress).toEqual([
      { to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: NAMES },
    ]);
    expect(find(manifests, "NetworkPolicy", "kube-dns-to-api-server").spec.egress).not.toHaveLength(0);
  });

  it("is made anew when its settings change", () => {
    expect(find(manifests, "Deployment").spec.template.metadata.annotations).toHaveProperty([
      "kaas.rackspace.com/configuration",
    ]);
  });
});

describe("a Corefile", () => {
  it("has a line for each word, and braces around what belongs to one", () => {
    const text = corefile([
      {
        name: ".:53",
        block: [
          { name: "errors" },
          { name: "forward", args: [".", "192.0.2.1"], block: [{ name: "max_concurrent", args: ["10"] }] },
        ],
      },
    ]);
    expect(text).toBe(
      [".:53 {", "    errors", "    forward . 192.0.2.1 {", "        max_concurrent 10", "    }", "}", ""].join("\n"),
    );
  });
});

describe("CoreDNS on Amazon EKS", () => {
  it("is Amazon's: Prometheus reads it, and everybody still asks it for names", () => {
    const manifests = amazonDns();
    expect(manifests.map(({ kind }) => kind).sort()).toEqual([
      "NetworkPolicy",
      "NetworkPolicy",
      "NetworkPolicy",
      "ServiceMonitor",
    ]);
    expect(find(manifests, "NetworkPolicy", "kube-dns-from-anywhere").spec.ingress).toMatchObject([{ ports: NAMES }]);
  });

  it("has no policies without monitoring, which would close it", () => {
    const names = (config: Parameters<typeof plannedCluster>[0]) =>
      chartsOf(plannedCluster(config)).map((make) => make(Testing.app()).node.id);
    expect(names(eks())).toContain("amazon-dns");
    expect(names(eks(withoutMonitoring))).not.toContain("amazon-dns");
  });
});

describe("the metrics of CoreDNS", () => {
  it.each([
    ["OpenStack", coreDns()],
    ["Amazon EKS", amazonDns()],
  ])("are of the job that alerts name, on %s", (_title, manifests) => {
    const monitor = find(manifests, "ServiceMonitor");
    expect(monitor.metadata).toMatchObject({ namespace: "kube-system", labels: { "k8s-app": "kube-dns" } });
    expect(monitor.spec).toMatchObject({
      jobLabel: "k8s-app",
      selector: { matchLabels: { "k8s-app": "kube-dns" } },
      endpoints: [{ port: "metrics" }],
    });
    const metrics = [{ port: 9153, protocol: "TCP" }];
    expect(find(manifests, "NetworkPolicy", "kube-dns-from-prometheus-k8s").spec.ingress).toMatchObject([
      { ports: metrics },
    ]);
    expect(find(manifests, "NetworkPolicy", "prometheus-k8s-to-kube-dns").spec.egress).toMatchObject([
      { ports: metrics },
    ]);
  });

  it("are read by nobody without monitoring", () => {
    expect(ofKind(coreDns(withoutMonitoring), "ServiceMonitor")).toEqual([]);
  });
});
