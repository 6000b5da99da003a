import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { CertManagerChart } from "../../charts/cert-manager/cert-manager-chart.js";
import { jobs } from "../../src/alerting/jobs.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { clusterFlows } from "../../src/eks/flows.js";
import { eks, openStack } from "../support/bootstraps.js";
import { ofKind } from "./manifests.js";
import { webhooksOf } from "./webhook-manifests.js";
import { find, type Manifest } from "./workload-manifests.js";

const PROGRAMS = ["cert-manager", "cert-manager-cainjector", "cert-manager-webhook"];
const WEBHOOK = "cert-manager-webhook";

const manifestsOf = (config: ClusterConfig) =>
  Testing.synth(new CertManagerChart(Testing.app(), "cert-manager", { config })) as Manifest[];

describe.each([
  ["OpenStack", openStack()],
  ["Amazon EKS", eks()],
])("cert-manager on %s", (_title, config) => {
  const manifests = manifestsOf(config);
  const containerOf = (program: string) => find(manifests, "Deployment", program).spec.template.spec.containers[0];

  it.each(PROGRAMS)("runs %s twice, of one release", (program) => {
    expect(find(manifests, "Deployment", program).spec.replicas).toBe(2);
    expect(containerOf(program)?.image).toMatch(/^quay\.io\/jetstack\/cert-manager-[a-z]+:v1\.21\.2$/);
  });

  it.each([
    ["cert-manager", "cert-manager-controller"],
    ["cert-manager-cainjector", "cert-manager-cainjector-leader-election"],
  ])("lets one pod of %s work at a time, by a lease that it may keep in its own namespace", (program, lease) => {
    expect(containerOf(program)?.args).toContain("--leader-election-namespace=rackspace-system");
    const role = find(manifests, "Role", `rackspace:${program}`);
    expect(role.metadata.namespace).toBe("rackspace-system");
    expect(role.rules).toContainEqual({
      apiGroups: ["coordination.k8s.io"],
      resources: ["leases"],
      resourceNames: [lease],
      verbs: ["get", "update", "patch"],
    });
  });

  it("keeps Secrets of issuers of the whole cluster in its own namespace", () => {
    expect(containerOf("cert-manager")?.args).toContain("--cluster-resource-namespace=rackspace-system");
  });

  it("reaches the API server alone", () => {
    const outwards = ofKind(manifests, "NetworkPolicy").filter(({ spec }) => spec.egress !== undefined);
    const names = outwards.map(({ metadata }) => metadata.name).filter((name) => !name.startsWith("prometheus-k8s-"));
    expect(names.sort()).toEqual(PROGRAMS.map((program) => `${program}-to-api-server`).sort());
  });

  it("has its webhook asked by nodes, on the port that it serves", () => {
    const { service } = webhooksOf(manifests)[0]?.clientConfig ?? {};
    const { metadata, spec } = find(manifests, "Service", WEBHOOK);
    expect(service).toMatchObject({ name: metadata.name, namespace: metadata.namespace, port: spec.ports?.[0]?.port });
    expect(containerOf(WEBHOOK)?.ports).toContainEqual({ name: spec.ports?.[0]?.targetPort, containerPort: 10250 });
    expect(containerOf(WEBHOOK)?.args).toContain("--secure-port=10250");
    expect(find(manifests, "NetworkPolicy", `${WEBHOOK}-from-nodes-10250`).spec.ingress).toMatchObject([
      { ports: [{ protocol: "TCP", port: 10250 }] },
    ]);
  });

  it("has no object wait for its webhook but its own kinds, and none of these pass it by", () => {
    const webhooks = webhooksOf(manifests);
    expect(webhooks).toHaveLength(2);
    for (const { failurePolicy, rules, namespaceSelector } of webhooks) {
      expect(failurePolicy).toBe("Fail");
      expect(namespaceSelector).toBeUndefined();
      for (const group of rules.flatMap(({ apiGroups }) => apiGroups)) expect(group).toMatch(/(^|\.)cert-manager\.io$/);
    }
  });

  it("has its webhook trusted by the authority that the webhook makes itself, and may write", () => {
    const secret = "cert-manager-webhook-ca";
    for (const kind of ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]) {
      expect(find(manifests, kind).metadata.annotations).toEqual({
        "cert-manager.io/inject-ca-from-secret": `rackspace-system/${secret}`,
      });
    }
    expect(containerOf(WEBHOOK)?.args).toEqual(
      expect.arrayContaining([
        `--dynamic-serving-ca-secret-name=${secret}`,
        "--dynamic-serving-ca-secret-namespace=rackspace-system",
        `--dynamic-serving-dns-names=${WEBHOOK}.rackspace-system.svc`,
      ]),
    );
    expect(find(manifests, "Role", `rackspace:${WEBHOOK}`).rules).toContainEqual({
      apiGroups: [""],
      resources: ["secrets"],
      resourceNames: [secret],
      verbs: ["get", "list", "watch", "update"],
    });
  });

  it("tells its metrics to the job that alerts name", () => {
    expect(find(manifests, "ServiceMonitor", jobs.certManager).spec).toMatchObject({
      endpoints: [{ port: "metrics" }],
    });
    expect(find(manifests, "Service", jobs.certManager).metadata.labels).toMatchObject({ "k8s-app": jobs.certManager });
    expect(containerOf("cert-manager")?.ports).toContainEqual({ name: "metrics", containerPort: 9402 });
  });
});

describe("cert-manager", () => {
  it("has its webhook on a port that EKS' control plane reaches", () => {
    const ports = clusterFlows(eks())
      .filter(({ from }) => from.some((end) => "group" in end && end.group === "control-plane"))
      .map((flow) => flow.ports);
    expect(ports).toContainEqual([10250, 10250]);
  });

  it("has no ServiceMonitor where nobody monitors", () => {
    const manifests = manifestsOf(openStack({ services: { monitoring: { enabled: false } } }));
    expect(ofKind(manifests, "ServiceMonitor")).toEqual([]);
    expect(ofKind(manifests, "Deployment")).toHaveLength(3);
  });
});
