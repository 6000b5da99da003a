import { describe, expect, it } from "@jest/globals";
import type { ServiceMonitorSpec } from "../../../charts/crds/generated/monitoring.coreos.com.js";
import { alertingRules } from "../../../src/alerting/alerting-rules.js";
import { jobs } from "../../../src/alerting/jobs.js";
import { etcdMembers, fixedAddressOf, type ClusterConfig } from "../../../src/config/cluster-config.js";
import { eks, openStack } from "../../support/bootstraps.js";
import { clusterManifests, the, type Manifest } from "./manifests.js";

const monitorOf = (manifests: readonly Manifest[], job: string) =>
  the<ServiceMonitorSpec>(manifests, "ServiceMonitor", job).spec;

/** Whether a series, of which `le` is what matters, gets past what a ServiceMonitor drops at any path. As Prometheus judges it. */
function isKept(monitor: ServiceMonitorSpec, metric: string, le = ""): boolean {
  const labels: Readonly<Record<string, string>> = { __name__: metric, le, pod: "p", namespace: "n", container: "c" };
  return monitor.endpoints.every(({ metricRelabelings = [] }) =>
    metricRelabelings.every(({ sourceLabels = [], separator = ";", regex = "" }) => {
      const value = sourceLabels.map((label) => labels[label] ?? "").join(separator);
      return !new RegExp(`^(?:${regex})$`).test(value);
    }),
  );
}

/** Metrics that rules ask of a job: `name{job="…"`. */
function askedOf(config: ClusterConfig, job: string): readonly string[] {
  const expressions = alertingRules(config).flatMap(({ rules }) => rules.map(({ expr }) => expr));
  const found = expressions.flatMap((expr) => [...expr.matchAll(new RegExp(`(\\w+)\\{job=~?"[^"]*\\b${job}\\b`, "g"))]);
  return [...new Set(found.map(([, metric = ""]) => metric))];
}

describe.each([
  ["OpenStack", openStack()],
  ["Amazon EKS", eks()],
])("what Prometheus reads of Kubernetes on %s", (_title, config) => {
  const manifests = clusterManifests(config);

  it.each([
    [jobs.apiServer, 5],
    [jobs.kubelet, 5],
  ])("keeps of %s every series that an alert asks for", (job, atLeast) => {
    const asked = askedOf(config, job);
    expect(asked.length).toBeGreaterThanOrEqual(atLeast);
    expect(asked.filter((metric) => !isKept(monitorOf(manifests, job), metric, "1.0"))).toEqual([]);
  });

  it("keeps of the API server's durations the buckets that alerts ask for, and not the fine ones", () => {
    const monitor = monitorOf(manifests, jobs.apiServer);
    const kept = (le: string) => isKept(monitor, "apiserver_request_sli_duration_seconds_bucket", le);
    expect(["1", "1.0", "5", "+Inf", "0.1"].map(kept)).toEqual([true, true, true, true, true]);
    expect(["0.15", "1.25", "2", "2.0", "45"].map(kept)).toEqual([false, false, false, false, false]);
    expect(isKept(monitor, "etcd_request_duration_seconds_bucket", "1")).toBe(false);
  });

  it("calls the API servers by the job that alerts know, and shows the token to none but them", () => {
    const [endpoint] = monitorOf(manifests, jobs.apiServer).endpoints;
    expect(endpoint?.relabelings).toContainEqual({
      action: "replace",
      targetLabel: "job",
      replacement: jobs.apiServer,
    });
    expect(endpoint?.relabelings).toContainEqual(
      expect.objectContaining({ action: "keep", sourceLabels: ["__meta_kubernetes_service_name"] }),
    );
    expect(endpoint?.tlsConfig?.insecureSkipVerify).toBeUndefined();
    expect(endpoint?.tlsConfig?.serverName).toBe("kubernetes");
  });

  it("believes kubelets whose pods and volumes their series are of, and tells its three paths apart", () => {
    const { endpoints } = monitorOf(manifests, jobs.kubelet);
    expect(endpoints.map(({ path }) => path)).toEqual([undefined, "/metrics/cadvisor", "/metrics/probes"]);
    for (const { honorLabels, relabelings } of endpoints) {
      expect(honorLabels).toBe(true);
      expect(relabelings).toContainEqual(expect.objectContaining({ targetLabel: "metrics_path" }));
    }
  });
});

describe("what Prometheus reads of a control plane of one's own", () => {
  it.each([
    ["of their own", openStack()],
    ["on the controllers", openStack({ etcd: { stacked: true } })],
  ])("is every etcd member, with etcd on nodes %s", (_title, config) => {
    const manifests = clusterManifests(config);
    const slice = manifests.find(({ kind, metadata }) => kind === "EndpointSlice" && metadata.name === jobs.etcd);
    const { endpoints, ports, metadata } = slice as unknown as {
      readonly endpoints: readonly { readonly addresses: readonly string[] }[];
      readonly ports: readonly { readonly name: string; readonly port: number }[];
      readonly metadata: Manifest["metadata"];
    };
    expect(endpoints.flatMap(({ addresses }) => addresses)).toEqual(etcdMembers(config).map(fixedAddressOf));
    expect(ports).toEqual([{ name: monitorOf(manifests, jobs.etcd).endpoints[0]?.port, port: 2381, protocol: "TCP" }]);
    expect(metadata.labels?.["kubernetes.io/service-name"]).toBe(the(manifests, "Service", jobs.etcd).metadata.name);
  });

  it("is the scheduler and the controller manager, signed in, by the labels that kubeadm gives their pods", () => {
    const manifests = clusterManifests(openStack());
    const found = [jobs.scheduler, jobs.controllerManager].map((job) => {
      const { spec } = the<{ selector: unknown; ports: readonly { port: number }[] }>(manifests, "Service", job);
      return [spec.selector, spec.ports[0]?.port, monitorOf(manifests, job).scrapeClass];
    });
    expect(found).toEqual([
      [{ component: "kube-scheduler", tier: "control-plane" }, 10259, "signed-in"],
      [{ component: "kube-controller-manager", tier: "control-plane" }, 10257, "signed-in"],
    ]);
  });

  it("is Amazon's on EKS, but for the API", () => {
    const names = clusterManifests(eks())
      .filter(({ kind }) => kind === "ServiceMonitor")
      .map(({ metadata }) => metadata.name);
    expect(names).toEqual(expect.arrayContaining([jobs.apiServer, jobs.kubelet]));
    for (const job of [jobs.etcd, jobs.scheduler, jobs.controllerManager]) expect(names).not.toContain(job);
  });
});
