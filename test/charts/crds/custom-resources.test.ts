import { describe, expect, it } from "@jest/globals";
import { Testing, type ApiObject } from "cdk8s";
import * as customResources from "../../../charts/crds/custom-resources.js";
import { writtenKinds } from "../../../charts/crds/written-kinds.js";
import { alertingRules } from "../../../src/alerting/alerting-rules.js";
import { prometheusRuleSpec } from "../../../src/alerting/prometheus-rule.js";
import { openStackCluster } from "../../support/clusters.js";

const { PrometheusRule, ServiceMonitor, VolumeSnapshotClass } = customResources;

describe("constructs of custom resources", () => {
  it("are there for every kind that has types, with its version, and for no other", () => {
    const chart = Testing.chart();
    const made = Object.entries(customResources).map(([name, construct]) => {
      const create = construct as new (...args: unknown[]) => ApiObject;
      const { apiVersion, kind } = new create(chart, name, { metadata: { name: "sample" } });
      expect(kind).toBe(name);
      return `${apiVersion} ${kind}`;
    });
    const typed = writtenKinds.flatMap(({ group, version, kinds }) =>
      kinds.map((kind) => `${group}/${version} ${kind}`),
    );
    expect(made.sort()).toEqual([...typed].sort());
  });

  it("write what they are given", () => {
    const chart = Testing.chart();
    const spec = prometheusRuleSpec(alertingRules(openStackCluster()));
    new PrometheusRule(chart, "rules", { metadata: { name: "alerts", namespace: "x", labels: { a: "b" } }, spec });
    new VolumeSnapshotClass(chart, "class", { metadata: { name: "default" }, driver: "d", deletionPolicy: "Retain" });
    expect(Testing.synth(chart)).toEqual([
      {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "PrometheusRule",
        metadata: { name: "alerts", namespace: "x", labels: { a: "b" } },
        spec,
      },
      {
        apiVersion: "snapshot.storage.k8s.io/v1",
        kind: "VolumeSnapshotClass",
        metadata: { name: "default" },
        driver: "d",
        deletionPolicy: "Retain",
      },
    ]);
  });

  it("are refused by the compiler where a definition would refuse them", () => {
    const chart = Testing.chart();
    const metadata = { name: "sample" };
    // @ts-expect-error -- a misspelt field
    new ServiceMonitor(chart, "field", { metadata, spec: { selector: {}, endpoints: [{ prot: "metrics" }] } });
    // @ts-expect-error -- no such policy
    new VolumeSnapshotClass(chart, "value", { metadata, driver: "d", deletionPolicy: "Keep" });
    // @ts-expect-error -- a rule needs an expression
    new PrometheusRule(chart, "required", { metadata, spec: { groups: [{ name: "g", rules: [{ alert: "A" }] }] } });
    expect(chart.node.children).toHaveLength(3);
  });
});
