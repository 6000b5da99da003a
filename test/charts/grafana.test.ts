import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { parse } from "yaml";
import { GrafanaChart } from "../../charts/grafana/grafana-chart.js";
import { grafanaSecret, grafanaSecrets } from "../../charts/grafana/grafana-secrets.js";
import { ofKind } from "./manifests.js";
import { find, type Manifest } from "./workload-manifests.js";
import { eks, openStack } from "../support/bootstraps.js";

interface ConfigMap extends Manifest {
  readonly data: Readonly<Record<string, string>>;
}

interface DataSources {
  readonly datasources: readonly Readonly<Record<string, unknown>>[];
}

/** Of one ConfigMap; etcd and the API server take no more. */
const MOST_BYTES = 1024 * 1024;

describe.each([
  ["OpenStack", openStack()],
  ["Amazon EKS", eks()],
])("Grafana on %s", (_title, config) => {
  const manifests = Testing.synth(new GrafanaChart(Testing.app(), "grafana", { config })) as Manifest[];
  const deployment = find(manifests, "Deployment");
  const configMaps = ofKind(manifests, "ConfigMap") as readonly ConfigMap[];
  const settings = find(manifests, "ConfigMap", "grafana") as ConfigMap;
  const ini = settings.data["grafana.ini"] ?? "";
  const section = (name: string) => ini.split("\n\n").find((text) => text.startsWith(`[${name}]`)) ?? "";

  it("takes viewers from the headers of each request, and lets nobody in without them", () => {
    expect(section("auth.proxy")).toContain("enabled = true");
    expect(section("auth.proxy")).toContain("enable_login_token = false");
    expect(section("auth.anonymous")).toContain("enabled = false");
    expect(section("auth")).toContain("disable_login_form = true");
    expect(section("users")).toContain('auto_assign_org_role = "Viewer"');
  });

  it("believes those headers of the sign-on service alone: nobody else but Prometheus reaches it", () => {
    const into = ofKind(manifests, "NetworkPolicy").filter(({ metadata }) => metadata.name.startsWith("grafana-from-"));
    expect(into.map(({ metadata }) => metadata.name).sort()).toEqual([
      "grafana-from-oauth2-proxy",
      "grafana-from-prometheus-k8s",
    ]);
  });

  it("tells and asks nobody outside the cluster: its flows go to both Prometheus", () => {
    const out = ofKind(manifests, "NetworkPolicy").filter(({ metadata }) => metadata.name.startsWith("grafana-to-"));
    expect(out.map(({ metadata }) => metadata.name).sort()).toEqual([
      "grafana-to-prometheus-customer",
      "grafana-to-prometheus-k8s",
    ]);
    expect(section("analytics")).toContain("reporting_enabled = false");
    expect(section("plugins")).toContain("preinstall_disabled = true");
    expect(section("plugins")).toContain("preinstall_auto_update = false");
  });

  it("asks both Prometheus, that of the platform unless told otherwise", () => {
    const { datasources } = parse(settings.data["datasources.yaml"] ?? "") as DataSources;
    expect(datasources.map(({ uid, url, isDefault }) => ({ uid, url, isDefault }))).toEqual([
      { uid: "prometheus-k8s", url: "http://prometheus-k8s.rackspace-system.svc:9090", isDefault: true },
      { uid: "prometheus-customer", url: "http://prometheus-customer.rackspace-system.svc:9090", isDefault: false },
    ]);
  });

  it("mounts every dashboard, each of its own ConfigMap", () => {
    const volumes = deployment.spec.template.spec["volumes"] as readonly {
      readonly projected?: { readonly sources: readonly { readonly configMap: { readonly name: string } }[] };
    }[];
    const mounted = volumes.flatMap(({ projected }) => projected?.sources.map(({ configMap }) => configMap.name) ?? []);
    const dashboards = configMaps.map(({ metadata }) => metadata.name).filter((name) => name !== "grafana");
    expect(mounted).toEqual(dashboards);
    expect(dashboards.length).toBeGreaterThanOrEqual(10);
    for (const { data } of configMaps) expect(JSON.stringify(data).length).toBeLessThan(MOST_BYTES);
  });

  it("has its secrets from the Secret that is required", () => {
    const [container] = deployment.spec.template.spec.containers as readonly { readonly env?: readonly unknown[] }[];
    const keys = (container?.env ?? []).map(
      (variable) => (variable as { readonly valueFrom: { readonly secretKeyRef: unknown } }).valueFrom.secretKeyRef,
    );
    expect(keys).toEqual(Object.keys(grafanaSecret.keys).map((key) => ({ name: grafanaSecret.name, key })));
    expect(grafanaSecrets(config)).toEqual([grafanaSecret]);
  });

  it("has as many replicas as bootstrap.yaml says, and keeps nothing", () => {
    expect(deployment.spec.replicas).toBe(config.services.monitoring.replicas);
    expect(ofKind(manifests, "PersistentVolumeClaim")).toEqual([]);
  });
});

it("Grafana needs no Secret without monitoring", () => {
  expect(grafanaSecrets(openStack({ services: { monitoring: { enabled: false } } }))).toEqual([]);
});
