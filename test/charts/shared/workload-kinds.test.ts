import { describe, expect, it } from "@jest/globals";
import { Chart, Testing } from "cdk8s";
import { ConfigurationFiles } from "../../../charts/shared/configuration-files.js";
import { httpProbe } from "../../../charts/shared/probes.js";
import type { RequiredSecret } from "../../../charts/shared/required-secret.js";
import { claimedVolume, configurationVolume, secretVolume } from "../../../charts/shared/volumes.js";
import { Workload, type WorkloadProps } from "../../../charts/shared/workload.js";
import { openStack } from "../../support/bootstraps.js";
import type { Manifest } from "../manifests.js";
import { named, ofKind } from "../manifests.js";

const config = openStack();
const namespace = "rackspace-system";
const container: WorkloadProps["containers"][number] = {
  name: "sample",
  image: "registry.example.com/sample:1",
  ports: { http: 8080, metrics: 9090 },
  resources: { cpu: { request: "10m", limit: "100m" }, memory: { request: "16Mi", limit: "32Mi" } },
  probes: { readiness: httpProbe("/ready", "http"), liveness: httpProbe("/live", "http") },
};

function manifestsOf(changes: Partial<WorkloadProps>, chart = new Chart(Testing.app(), "chart")): readonly Manifest[] {
  new Workload(chart, "sample", {
    config,
    namespace,
    name: "sample",
    kind: { type: "Deployment", replicas: 2 },
    priority: "platform",
    containers: [container],
    ...changes,
  });
  return Testing.synth(chart) as Manifest[];
}

const only = (manifests: readonly Manifest[], kind: string) => {
  const [found, ...more] = ofKind(manifests, kind);
  expect(more).toEqual([]);
  return found;
};
const kinds = (manifests: readonly Manifest[]) => manifests.map(({ kind }) => kind).sort();

describe("a stateful workload", () => {
  const data = claimedVolume("data");
  const manifests = manifestsOf({
    kind: { type: "StatefulSet", replicas: 3, volumeClaims: [{ name: "data", sizeGiB: 20, storageClass: "retain" }] },
    containers: [{ ...container, mounts: [{ volume: data, path: "/data", writable: true }] }],
    placement: { neverTogether: true },
  });

  it("claims a disk for each pod, which containers mount by its name", () => {
    expect(only(manifests, "StatefulSet")).toMatchObject({
      spec: {
        replicas: 3,
        volumeClaimTemplates: [
          {
            metadata: { name: "data" },
            spec: { storageClassName: "retain", resources: { requests: { storage: "20Gi" } } },
          },
        ],
        template: {
          spec: {
            containers: [{ volumeMounts: [{ name: "data", mountPath: "/data", readOnly: false }] }],
            volumes: [],
          },
        },
      },
    });
  });

  it("gives its pods names that are there before they are ready", () => {
    const peers = named(manifests, "sample-peers");
    expect(peers).toMatchObject({
      kind: "Service",
      spec: { clusterIP: "None", publishNotReadyAddresses: true, selector: { "k8s-app": "sample" } },
    });
    expect(only(manifests, "StatefulSet")).toMatchObject({ spec: { serviceName: "sample-peers" } });
  });

  it("never has two pods on a node where that would cost it its quorum", () => {
    expect(only(manifests, "StatefulSet")).toMatchObject({
      spec: {
        template: {
          spec: {
            affinity: {
              podAntiAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: [
                  {
                    topologyKey: "kubernetes.io/hostname",
                    labelSelector: { matchLabels: { "k8s-app": "sample" } },
                  },
                ],
              },
            },
          },
        },
      },
    });
  });

  it("loses one pod at a time", () => {
    expect(only(manifests, "PodDisruptionBudget")).toMatchObject({ spec: { maxUnavailable: 1 } });
  });
});

describe("a job of a schedule", () => {
  const manifests = manifestsOf({
    kind: { type: "CronJob", schedule: "0 3 * * *", deadlineSeconds: 600 },
    containers: [{ name: "sample", image: container.image, resources: container.resources }],
  });

  it("runs by UTC, never twice at a time, and is ended when it hangs", () => {
    expect(only(manifests, "CronJob")).toMatchObject({
      spec: {
        schedule: "0 3 * * *",
        timeZone: "Etc/UTC",
        concurrencyPolicy: "Forbid",
        jobTemplate: { spec: { activeDeadlineSeconds: 600, template: { spec: { restartPolicy: "Never" } } } },
      },
    });
  });

  it("needs no probes and no budget", () => {
    expect(kinds(manifests)).toEqual(["CronJob", "ServiceAccount"]);
  });
});

describe("the metrics of a workload", () => {
  const metrics = [{ port: "metrics", path: "/stats" }];

  it("are found by k8s-app, and named by it", () => {
    const manifests = manifestsOf({ metrics });
    expect(only(manifests, "ServiceMonitor")).toMatchObject({
      metadata: { namespace, labels: { "k8s-app": "sample" } },
      spec: {
        jobLabel: "k8s-app",
        selector: { matchLabels: { "k8s-app": "sample" } },
        endpoints: [{ port: "metrics", path: "/stats" }],
      },
    });
    expect(only(manifests, "Service")).toMatchObject({
      metadata: { labels: { "k8s-app": "sample" } },
      spec: { clusterIP: "None", ports: [{ name: "metrics", port: 9090, targetPort: "metrics" }] },
    });
  });

  it("are read through a flow that both ends allow", () => {
    const policies = ofKind(manifestsOf({ metrics }), "NetworkPolicy");
    const ports = [{ protocol: "TCP", port: 9090 }];
    expect(policies.map(({ metadata, spec }) => ({ name: metadata.name, spec }))).toMatchObject([
      {
        name: "prometheus-k8s-to-sample",
        spec: { podSelector: { matchLabels: { "k8s-app": "prometheus-k8s" } }, egress: [{ ports }] },
      },
      {
        name: "sample-from-prometheus-k8s",
        spec: { podSelector: { matchLabels: { "k8s-app": "sample" } }, ingress: [{ ports }] },
      },
    ]);
  });

  it("share the Service that others ask", () => {
    const manifests = manifestsOf({ metrics, service: { 80: "http" } });
    const service = only(manifests, "Service");
    expect(service).toMatchObject({
      spec: {
        ports: [
          { name: "http", port: 80 },
          { name: "metrics", port: 9090 },
        ],
      },
    });
    expect(service?.spec).not.toHaveProperty("clusterIP");
  });

  it("are nobody's without monitoring", () => {
    const without = openStack({ services: { monitoring: { enabled: false } } });
    expect(kinds(manifestsOf({ metrics, config: without }))).not.toContain("ServiceMonitor");
    expect(kinds(manifestsOf({ metrics, config: without }))).not.toContain("NetworkPolicy");
  });

  it("fail when they are of a port that no container has", () => {
    expect(() => manifestsOf({ metrics: [{ port: "none" }] })).toThrow("sample has no port none");
  });
});

describe("what a workload is given", () => {
  const secret: RequiredSecret = {
    namespace,
    name: "sample-password",
    purpose: "to sign in",
    keys: { password: { from: "generated", length: 32 } },
  };

  it("makes its pods anew when a file of its configuration changes", () => {
    const annotationsWith = (text: string) => {
      const chart = new Chart(Testing.app(), "chart");
      const files = new ConfigurationFiles(chart, "files", { namespace, name: "sample", files: { "a.yaml": text } });
      const mounts = [{ volume: configurationVolume("configuration", files), path: "/etc/sample" }];
      const deployment = only(manifestsOf({ containers: [{ ...container, mounts }] }, chart), "Deployment");
      return (deployment?.spec as { template: { metadata: { annotations?: object } } }).template.metadata.annotations;
    };
    expect(annotationsWith("a: 1\n")).toEqual(annotationsWith("a: 1\n"));
    expect(annotationsWith("a: 1\n")).not.toEqual(annotationsWith("a: 2\n"));
  });

  it("is read from Secrets by name, as files or variables, and stands nowhere", () => {
    const mounts = [{ volume: secretVolume("password", secret), path: "/etc/password" }];
    const environment = { PASSWORD: { secret, key: "password" }, ADDRESS: { field: "status.podIP" }, LEVEL: "info" };
    const manifests = manifestsOf({ containers: [{ ...container, mounts, environment }] });
    expect(only(manifests, "Deployment")).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [
              {
                env: [
                  { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "sample-password", key: "password" } } },
                  { name: "ADDRESS", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
                  { name: "LEVEL", value: "info" },
                ],
              },
            ],
            volumes: [{ name: "password", secret: { secretName: "sample-password", defaultMode: 0o440 } }],
          },
        },
      },
    });
    expect(kinds(manifests)).not.toContain("Secret");
  });

  it("fails when a Secret is not said to have the key", () => {
    const environment = { PASSWORD: { secret, key: "passwort" } };
    expect(() => manifestsOf({ containers: [{ ...container, environment }] })).toThrow(
      "the Secret sample-password is not said to have the key passwort",
    );
  });
});
