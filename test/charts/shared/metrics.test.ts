import { describe, expect, it } from "@jest/globals";
import { Chart, Testing } from "cdk8s";
import type { ServiceMonitorSpec } from "../../../charts/crds/generated/monitoring.coreos.com.js";
import { Metrics, SIGNED_IN, type MetricsProps } from "../../../charts/shared/metrics.js";
import { openStack } from "../../support/bootstraps.js";
import { ofKind, type Manifest } from "../manifests.js";

type Endpoints = MetricsProps["endpoints"];

function monitorsOf(endpoints: Endpoints): readonly (readonly [string, ServiceMonitorSpec])[] {
  const chart = new Chart(Testing.app(), "metrics");
  const workload = { namespace: "rackspace-system", name: "some" };
  new Metrics(chart, "metrics", { config: openStack(), workload, endpoints });
  const manifests = ofKind(Testing.synth(chart) as Manifest[], "ServiceMonitor");
  return manifests.map(({ metadata, spec }) => [metadata.name, spec as ServiceMonitorSpec]);
}

const open = { port: "open", number: 8080 };
const closed = { port: "closed", number: 8443, scheme: "https", signIn: true } as const;

describe("the metrics of a workload", () => {
  it("are asked with Prometheus' token where they want one, and nowhere else", () => {
    const found = monitorsOf([open, closed]).map(([name, { scrapeClass, endpoints }]) => [
      name,
      scrapeClass,
      endpoints.map(({ port }) => port),
    ]);
    expect(found).toEqual([
      ["some", undefined, ["open"]],
      ["some-signed-in", SIGNED_IN, ["closed"]],
    ]);
  });

  it.each([
    ["want no token", [open], undefined],
    ["all want one", [closed], SIGNED_IN],
  ] as const)("have one ServiceMonitor of the workload's name when they %s", (_title, endpoints, scrapeClass) => {
    expect(monitorsOf(endpoints).map(([name, spec]) => [name, spec.scrapeClass])).toEqual([["some", scrapeClass]]);
  });
});
