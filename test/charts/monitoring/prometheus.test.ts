import { describe, expect, it } from "@jest/globals";
import { PROMETHEUS_URL } from "../../../src/alerting/maas.js";
import { jobs } from "../../../src/alerting/jobs.js";
import type { ClusterConfig } from "../../../src/config/cluster-config.js";
import { MANAGED_NAMESPACE_LABEL, MONITORING_LABEL } from "../../../charts/shared/labels.js";
import { SIGNED_IN } from "../../../charts/shared/metrics.js";
import { eks, openStack } from "../../support/bootstraps.js";
import { clusterManifests, prometheus, the } from "./manifests.js";

const instances = [
  ["k8s", jobs.prometheus],
  ["customer", jobs.customerPrometheus],
] as const;

const GIB = 1024;

describe.each([
  ["OpenStack", openStack()],
  ["Amazon EKS", eks()],
])("Prometheus on %s", (_title, config) => {
  const manifests = clusterManifests(config);

  it.each(instances)("has the pods of %s behind the Service that is its job", (instance, name) => {
    const { podMetadata, serviceAccountName } = prometheus(manifests, instance);
    const { spec } = the<{ selector: unknown; ports: unknown }>(manifests, "Service", name);
    expect(podMetadata?.labels).toMatchObject(spec.selector as Record<string, string>);
    expect(spec.ports).toContainEqual({ name: "web", port: 9090, targetPort: "web" });
    expect(the(manifests, "ServiceAccount", serviceAccountName ?? "").metadata.namespace).toBe("rackspace-system");
    expect(the<{ selector: unknown }>(manifests, "PodDisruptionBudget", name).spec.selector).toEqual({
      matchLabels: spec.selector,
    });
  });

  it.each(instances)("sends no file of %s anywhere for a ServiceMonitor", (instance, _name) => {
    expect(prometheus(manifests, instance).arbitraryFSAccessThroughSMs).toEqual({ deny: true });
    const monitors = manifests.filter(({ kind }) => kind === "ServiceMonitor");
    expect(JSON.stringify(monitors)).not.toMatch(/bearerTokenFile|caFile|certFile|keyFile/);
  });

  it("shows its token where a ServiceMonitor's scrape class says so, which that of users does not have", () => {
    expect(prometheus(manifests, "k8s").scrapeClasses?.map(({ name }) => name)).toEqual([SIGNED_IN]);
    expect(prometheus(manifests, "customer").scrapeClasses).toBeUndefined();
  });

  it("takes the word of no user for the namespace that a series or an alert is from", () => {
    expect(prometheus(manifests, "customer")).toMatchObject({
      enforcedNamespaceLabel: "namespace",
      ignoreNamespaceSelectors: true,
      overrideHonorLabels: true,
    });
  });

  it("tells Alertmanager of the platform's alerts, and of no user's", () => {
    const { alerting } = prometheus(manifests, "k8s");
    const [target] = alerting?.alertmanagers ?? [];
    expect(the<{ ports: unknown }>(manifests, "Service", target?.name ?? "").spec.ports).toContainEqual(
      expect.objectContaining({ name: target?.port }),
    );
    expect(prometheus(manifests, "customer").alerting).toBeUndefined();
  });

  it("lets that of users to pods that want it, to names and to the API: to no managed namespace", () => {
    const egress = manifests.filter(
      ({ kind, spec }) =>
        kind === "NetworkPolicy" &&
        (spec["policyTypes"] as readonly string[]).includes("Egress") &&
        JSON.stringify(spec["podSelector"]).includes(`"${jobs.customerPrometheus}"`),
    );
    expect(egress.map(({ metadata }) => metadata.name).sort()).toEqual([
      "prometheus-customer-to-api-server",
      "prometheus-customer-to-monitored-pods",
    ]);
    const pods = egress.find(({ metadata }) => metadata.name.endsWith("monitored-pods"));
    expect(pods?.spec["egress"]).toEqual([
      {
        to: [
          {
            namespaceSelector: {
              matchLabels: { [MONITORING_LABEL]: "customer" },
              matchExpressions: [{ key: MANAGED_NAMESPACE_LABEL, operator: "DoesNotExist" }],
            },
          },
        ],
      },
    ]);
  });

  it.each(instances)("lets %s read no Secret and change nothing", (_instance, name) => {
    const rules = manifests
      .filter(({ kind, metadata }) => kind.endsWith("Role") && metadata.name === `rackspace:${name}`)
      .flatMap((role) => role.rules ?? []);
    expect(rules.flatMap(({ resources = [] }) => resources)).not.toContain("secrets");
    expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(["get", "list", "watch"]));
  });

  it("is where the MaaS agent asks, and lets it in", () => {
    const { hostname, port } = new URL(PROMETHEUS_URL);
    const [service = "", namespace] = hostname.split(".");
    expect(the(manifests, "Service", service).metadata.namespace).toBe(namespace);
    const { spec } = the<{ ingress: readonly { ports: unknown }[] }>(
      manifests,
      "NetworkPolicy",
      `${service}-from-maas-agent`,
    );
    expect(spec.ingress[0]?.ports).toEqual([{ port: Number(port), protocol: "TCP" }]);
  });
});

describe("Prometheus", () => {
  const specs = (monitoring: Readonly<Record<string, unknown>>) => {
    const manifests = clusterManifests(openStack({ services: { monitoring } }));
    return [prometheus(manifests, "k8s"), prometheus(manifests, "customer")] as const;
  };
  const disk = (spec: ReturnType<typeof prometheus>) =>
    spec.storage?.volumeClaimTemplate?.spec?.resources?.requests?.["storage"];

  it("has the replicas, the days and the disks that bootstrap.yaml says", () => {
    const [platform, customer] = specs({ replicas: 1, retentionDays: 9, storageGiB: 64, customerStorageGiB: 7 });
    expect([platform, customer].map(({ replicas, retention }) => [replicas, retention])).toEqual([
      [1, "9d"],
      [1, "9d"],
    ]);
    expect([platform, customer].map(disk)).toEqual(["64Gi", "7Gi"]);
  });

  it.each([5, 20, 16_384])("gives up its oldest blocks before a disk of %d GiB is full", (storageGiB) => {
    for (const { retentionSize = "" } of specs({ storageGiB, customerStorageGiB: storageGiB })) {
      expect(retentionSize).toMatch(/^[0-9]+MiB$/);
      expect(parseInt(retentionSize) / GIB / storageGiB).toBeGreaterThan(0.75);
      expect(parseInt(retentionSize) / GIB / storageGiB).toBeLessThanOrEqual(0.8);
    }
  });

  it("is not there without monitoring, nor is anything that only it reads", () => {
    const config: ClusterConfig = openStack({ services: { monitoring: { enabled: false } } });
    const group = clusterManifests(config).filter(({ apiVersion }) => apiVersion.startsWith("monitoring.coreos.com/"));
    expect(group).toEqual([]);
  });
});
