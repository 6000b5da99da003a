import { describe, expect, it } from "@jest/globals";
import { App, Testing } from "cdk8s";
import { chartsOf } from "../../charts/charts-of.js";
import { MonitoredAppChart } from "../../charts/monitored-app/monitored-app-chart.js";
import { customerMonitoredNamespaces, OWNER_LABEL } from "../../charts/shared/labels.js";
import { plannedCluster } from "../../src/config/cluster-outputs.js";
import { openStack } from "../support/bootstraps.js";
import { find, type Manifest } from "./workload-manifests.js";

const manifests = Testing.synth(
  new MonitoredAppChart(Testing.app(), "monitored-app", { config: openStack() }),
) as Manifest[];
const development = { cluster: { profile: "development" } };
const charts = (changes: Readonly<Record<string, unknown>>) => {
  const app = new App();
  return chartsOf(plannedCluster(openStack(changes))).map((make) => make(app).node.id);
};

describe("the monitored application", () => {
  it("is in a namespace of users that opted in", () => {
    expect(find(manifests, "Namespace").metadata.labels).toMatchObject(customerMonitoredNamespaces.matchLabels);
  });

  it("is a user's: nothing of it is the platform's", () => {
    for (const { metadata } of manifests) expect(metadata.labels).not.toHaveProperty([OWNER_LABEL]);
    expect(find(manifests, "Deployment").spec.template.spec).not.toHaveProperty("priorityClassName");
  });

  it("has a ServiceMonitor that Prometheus finds by k8s-app, and that finds a port of its Service", () => {
    const monitor = find(manifests, "ServiceMonitor");
    const service = find(manifests, "Service");
    expect(monitor.metadata.labels).toHaveProperty(["k8s-app"], "monitored-app");
    expect(monitor.spec.selector).toEqual({ matchLabels: service.metadata.labels });
    expect(monitor.spec).toMatchObject({ endpoints: [{ port: "http" }] });
    expect(service.spec.ports).toMatchObject([{ name: "http", targetPort: "http" }]);
  });

  it("runs as somebody who is not root", () => {
    expect(find(manifests, "Deployment").spec.template.spec["securityContext"]).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 65534,
    });
  });

  it("is there in the development profile alone, and with monitoring", () => {
    expect(charts(development)).toContain("monitored-app");
    expect(charts({})).not.toContain("monitored-app");
    expect(charts({ ...development, services: { monitoring: { enabled: false } } })).not.toContain("monitored-app");
  });
});
