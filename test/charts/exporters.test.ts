import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { ExportersChart } from "../../charts/exporters/exporters-chart.js";
import { exportersSecrets } from "../../charts/exporters/exporters-secrets.js";
import { HostProbe } from "../../charts/exporters/host-probe.js";
import { jobs } from "../../src/alerting/jobs.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { eks, openStack } from "../support/bootstraps.js";
import { ofKind } from "./manifests.js";
import { find, type Manifest } from "./workload-manifests.js";

const manifestsOf = (config: ClusterConfig) =>
  Testing.synth(new ExportersChart(Testing.app(), "exporters", { config })) as Manifest[];
const argsOf = (manifest: Manifest) => manifest.spec.template.spec.containers[0]?.args ?? [];
const environmentOf = (manifest: Manifest) => {
  const [container] = manifest.spec.template.spec.containers as readonly { readonly env?: readonly unknown[] }[];
  return container?.env ?? [];
};
interface Monitor {
  readonly endpoints: readonly { readonly relabelings?: readonly Readonly<Record<string, unknown>>[] }[];
}
/** What a ServiceMonitor makes of the label `job`, or the label that names it. */
const jobOf = ({ metadata, spec }: Manifest) =>
  (spec as unknown as Monitor).endpoints[0]?.relabelings?.find(({ targetLabel }) => targetLabel === "job")?.[
    "replacement"
  ] ?? metadata.labels?.["k8s-app"];

describe.each([
  ["OpenStack", openStack()],
  ["Amazon EKS", eks()],
])("exporters on %s", (_title, config) => {
  const manifests = manifestsOf(config);

  it("are the jobs that alerts name", () => {
    expect(new Set(ofKind(manifests, "ServiceMonitor").map(jobOf))).toEqual(
      new Set([jobs.nodeExporter, jobs.kubeStateMetrics, jobs.blackbox, jobs.elasticsearch, jobs.postgres, jobs.redis]),
    );
  });

  it("watch every node, whatever its taints, at the port that security groups let through", () => {
    const { spec } = find(manifests, "DaemonSet").spec.template;
    expect(spec).toMatchObject({ hostNetwork: true, hostPID: true, tolerations: [{ operator: "Exists" }] });
    expect(spec.containers[0]?.ports).toEqual([{ name: "metrics", containerPort: 9100 }]);
    expect(argsOf(find(manifests, "DaemonSet"))).toContain("--collector.systemd");
  });

  it("may read no Secret and no ConfigMap, and list exactly what kube-state-metrics is told to watch", () => {
    const rules = (find(manifests, "ClusterRole", "rackspace:kube-state-metrics").rules ?? []) as readonly {
      readonly verbs: readonly string[];
      readonly resources: readonly string[];
    }[];
    expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(["list", "watch"]));
    const resources = rules.flatMap((rule) => rule.resources).sort();
    expect(argsOf(find(manifests, "Deployment", jobs.kubeStateMetrics))).toContain(
      `--resources=${resources.join(",")}`,
    );
    expect(resources).not.toContain("secrets");
    expect(resources).not.toContain("configmaps");
  });

  it("count objects once: kube-state-metrics has one replica, and says whose a series is", () => {
    expect(find(manifests, "Deployment", jobs.kubeStateMetrics).spec.replicas).toBe(1);
    expect(find(manifests, "ServiceMonitor", jobs.kubeStateMetrics).spec).toMatchObject({
      endpoints: [{ honorLabels: true }],
    });
  });

  it("ask the Kubernetes API as pods do, under the job of blackbox checks, and show Prometheus the way there", () => {
    const { metadata, spec } = find(manifests, "Probe", "kubernetes-api");
    expect(metadata.labels?.["k8s-app"]).toBe(jobs.blackbox);
    expect(spec).toMatchObject({
      jobName: jobs.blackbox,
      module: "api",
      prober: { url: "blackbox-exporter.rackspace-system.svc:9115" },
      targets: { staticConfig: { static: ["https://kubernetes.default.svc/readyz"] } },
    });
    expect(find(manifests, "Service", jobs.blackbox).spec.ports).toMatchObject([{ port: 9115 }]);
    find(manifests, "NetworkPolicy", "blackbox-exporter-to-api-server");
  });

  it("sign in with the Secrets that are required, and reach what they ask", () => {
    const used = ofKind(manifests, "Deployment").flatMap((deployment) =>
      environmentOf(deployment).flatMap((variable) => {
        const { valueFrom } = variable as {
          readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string } };
        };
        return valueFrom?.secretKeyRef === undefined ? [] : [valueFrom.secretKeyRef.name];
      }),
    );
    const required = exportersSecrets(config).map(({ name }) => name);
    expect([...used].sort()).toEqual([...required].sort());
    for (const name of required) {
      const target = name.replace(/-exporter$/, "");
      find(manifests, "NetworkPolicy", `${name}-to-${target}`);
      find(manifests, "NetworkPolicy", `${target}-from-${name}`);
    }
  });
});

describe("exporters of services", () => {
  const names = (config: ClusterConfig) =>
    ofKind(manifestsOf(config), "Deployment").map(({ metadata }) => metadata.name);
  const alone = openStack({
    services: { logging: { enabled: false }, registry: { enabled: false } },
    auth: { mode: "external", url: "https://auth.example.com" },
  });

  it("are there with the service alone", () => {
    expect(names(openStack())).toEqual([
      "kube-state-metrics",
      "blackbox-exporter",
      "elasticsearch-exporter",
      "harbor-database-exporter",
      "harbor-redis-exporter",
      "kubernetes-auth-database-exporter",
    ]);
    expect(names(alone)).toEqual(["kube-state-metrics", "blackbox-exporter"]);
    expect(exportersSecrets(alone)).toEqual([]);
    const withoutRegistry = openStack({ services: { registry: { enabled: false } } });
    expect(names(withoutRegistry).filter((name) => name.startsWith("harbor-"))).toEqual([]);
    expect(exportersSecrets(withoutRegistry).map(({ name }) => name)).toEqual([
      "elasticsearch-exporter",
      "kubernetes-auth-database-exporter",
    ]);
  });

  it("need no Secret without monitoring", () => {
    expect(exportersSecrets(openStack({ services: { monitoring: { enabled: false } } }))).toEqual([]);
  });

  it("tell the age of Elasticsearch's indices and the disks of all of its nodes", () => {
    const args = argsOf(find(manifestsOf(openStack()), "Deployment", jobs.elasticsearch));
    expect(args).toEqual(expect.arrayContaining(["--es.all", "--es.indices_settings"]));
  });
});

describe("a probe of a host", () => {
  it("asks the way into the cluster for the host, and names the host's own address", () => {
    const chart = Testing.chart();
    new HostProbe(chart, "probe", {
      name: "grafana",
      url: "https://grafana.demo.example.com/api/health",
      module: "page",
      by: "https://nginx-ingress.rackspace-system.svc",
    });
    const { targets } = find(Testing.synth(chart) as Manifest[], "Probe").spec as unknown as {
      readonly targets: { readonly staticConfig: unknown };
    };
    expect(targets.staticConfig).toEqual({
      static: ["https://grafana.demo.example.com/api/health"],
      relabelingConfigs: [
        { targetLabel: "__param_hostname", replacement: "grafana.demo.example.com" },
        { targetLabel: "__param_target", replacement: "https://nginx-ingress.rackspace-system.svc/api/health" },
      ],
    });
  });
});
