import { describe, expect, it } from "@jest/globals";
import { App, Testing } from "cdk8s";
import { stringify } from "yaml";
import { MaasAgentChart } from "../../charts/maas/maas-agent-chart.js";
import { managedNamespaceNames, SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { alertsOf } from "../../src/alerting/alert-rule.js";
import { alertingRules } from "../../src/alerting/alerting-rules.js";
import { checkName, PROMETHEUS_URL } from "../../src/alerting/maas.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { listEnvironments } from "../../src/config/environments.js";
import { loadEnvironments } from "../../src/config/load-environments.js";
import { expectGolden } from "../support/golden.js";
import { projectRoot } from "../support/project.js";

interface ConfigMapManifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly data: Readonly<Record<string, string>>;
}

/** What a ConfigMap can hold. Source: kubernetes.io/docs/concepts/configuration/configmap */
const LARGEST_BYTES = 1024 ** 2;

function manifestOf(config: ClusterConfig): ConfigMapManifest {
  const chart = new MaasAgentChart(new App({ outdir: "unused" }), "maas-agent", config);
  const [manifest] = Testing.synth(chart) as ConfigMapManifest[];
  if (manifest === undefined) throw new Error("nothing was made");
  return manifest;
}

const environments = loadEnvironments(listEnvironments(projectRoot)).sound.map(
  ({ config }) => [config.name, config] as const,
);

describe.each(environments)("the MaaS agent's ConfigMap of %s", (name, config) => {
  const manifest = manifestOf(config);

  it("has a check for every alert", () => {
    const checks = alertsOf(alertingRules(config)).map(({ alert }) => `${checkName(alert)}.yaml`);
    expect(Object.keys(manifest.data).sort()).toEqual(checks.sort());
  });

  it("stands where the agent runs, and holds no more than it can", () => {
    expect([manifest.kind, manifest.metadata.namespace]).toEqual(["ConfigMap", SYSTEM_NAMESPACE]);
    expect(Buffer.byteLength(JSON.stringify(manifest))).toBeLessThan(LARGEST_BYTES / 2);
  });

  it("is the document that was reviewed", () => {
    expectGolden(`maas/${name}.yaml`, stringify(manifest, { lineWidth: 0 }));
  });
});

it("the checks ask the Prometheus of the managed namespace, whose workloads the rules watch", () => {
  expect(new URL(PROMETHEUS_URL).hostname.split(".")[1]).toBe(SYSTEM_NAMESPACE);
  for (const [, config] of environments) expect(managedNamespaceNames(config)).toContain(SYSTEM_NAMESPACE);
});
