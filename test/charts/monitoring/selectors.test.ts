import { describe, expect, it } from "@jest/globals";
import type { PrometheusSpec } from "../../../charts/crds/generated/monitoring.coreos.com.js";
import { MANAGED_NAMESPACE_LABEL, MONITORED_BY_CUSTOMER, MONITORING_LABEL } from "../../../charts/shared/labels.js";
import { managedNamespaceNames } from "../../../src/config/managed-namespaces.js";
import { eks, openStack } from "../../support/bootstraps.js";
import { clusterManifests, prometheus, selects, type Manifest } from "./manifests.js";

const selectorsOf = {
  ServiceMonitor: ["serviceMonitorNamespaceSelector", "serviceMonitorSelector"],
  PodMonitor: ["podMonitorNamespaceSelector", "podMonitorSelector"],
  Probe: ["probeNamespaceSelector", "probeSelector"],
  PrometheusRule: ["ruleNamespaceSelector", "ruleSelector"],
} as const;

type Kind = keyof typeof selectorsOf;
const isRead = (manifest: Manifest): boolean => manifest.kind in selectorsOf;

function reads(
  spec: PrometheusSpec,
  kind: Kind,
  namespace: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>> = {},
): boolean {
  const [namespaces, objects] = selectorsOf[kind];
  return selects(spec[namespaces], namespace) && selects(spec[objects], labels);
}

describe.each([
  ["OpenStack", openStack()],
  ["Amazon EKS", eks()],
])("the two Prometheus on %s", (_title, config) => {
  const manifests = clusterManifests(config);
  const platform = prometheus(manifests, "k8s");
  const customer = prometheus(manifests, "customer");
  const namespaces = new Map(
    manifests.filter(({ kind }) => kind === "Namespace").map(({ metadata }) => [metadata.name, metadata.labels ?? {}]),
  );
  const managed = managedNamespaceNames(config);
  const inManaged = manifests.filter((each) => isRead(each) && managed.includes(each.metadata.namespace ?? ""));

  it("read everything that charts put into managed namespaces, by that of the platform alone", () => {
    expect(inManaged.length).toBeGreaterThan(8);
    const readers = inManaged.map(({ kind, metadata }) => {
      const namespace = namespaces.get(metadata.namespace ?? "") ?? {};
      const of = (spec: PrometheusSpec) => reads(spec, kind as Kind, namespace, metadata.labels);
      return [`${kind} ${metadata.name}`, of(platform), of(customer)];
    });
    expect(readers.filter(([, byPlatform, byCustomer]) => byPlatform !== true || byCustomer !== false)).toEqual([]);
  });

  it.each(Object.keys(selectorsOf) as Kind[])("read a %s of a user where the namespace asks for it", (kind) => {
    const labels = { "k8s-app": "mine" };
    const opted = { [MONITORING_LABEL]: MONITORED_BY_CUSTOMER };
    expect(reads(customer, kind, opted, labels)).toBe(true);
    expect(reads(customer, kind, {}, labels)).toBe(false);
    expect(reads(customer, kind, { ...opted, [MANAGED_NAMESPACE_LABEL]: "true" }, labels)).toBe(false);
    expect(reads(platform, kind, opted, labels)).toBe(false);
  });

  it("read no ScrapeConfig: one could name any address and file", () => {
    expect([platform.scrapeConfigSelector, customer.scrapeConfigSelector]).toEqual([undefined, undefined]);
  });
});
