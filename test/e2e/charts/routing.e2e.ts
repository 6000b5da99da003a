import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { monitoringSecrets } from "../../../charts/monitoring/monitoring-secrets.js";
import { alertsOf } from "../../../src/alerting/alert-rule.js";
import { alertingRules } from "../../../src/alerting/alerting-rules.js";
import { SYSTEM_NAMESPACE } from "../../../src/config/managed-namespaces.js";
import { toldMonitoring } from "../../charts/monitoring/notifications.js";
import { openStack } from "../../support/bootstraps.js";
import { eventually } from "../support/eventually.js";
import { checkAlertmanager } from "./generated-configuration.js";
import { PlatformCluster } from "./platform-cluster.js";

const config = openStack({
  cluster: { profile: "development" },
  services: { monitoring: toldMonitoring },
});
/** Of what bootstrap.yaml refers to. */
const VALUE = "https://receiver.example.com/secret";

const told = {
  critical: ["hook", "duty", "mail"],
  warning: ["chat", "duty", "mail"],
  info: ["chat"],
} as const;

describe("the routing that the operator makes for Alertmanager", () => {
  let cluster: PlatformCluster;
  let file: string;
  beforeAll(async () => {
    cluster = await PlatformCluster.start(config);
    await cluster.applyDefinitions(config);
    await cluster.applyManifests(cluster.bootstrapper);
    for (const { namespace, name, keys } of monitoringSecrets(config)) {
      const stringData = Object.fromEntries(Object.keys(keys).map((key) => [key, VALUE]));
      await cluster.operator.apply({ apiVersion: "v1", kind: "Secret", metadata: { namespace, name }, stringData });
    }
    await cluster.startOperator();
    // amtool finds it sound.
    file = await eventually(
      () => checkAlertmanager(cluster.operator, cluster.api.desk, { namespace: SYSTEM_NAMESPACE, name: "platform" }),
      60,
    );
  });
  afterAll(() => cluster.stop());

  const receiversOf = async (labels: Readonly<Record<string, string>>) => {
    const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
    const answer = await cluster.api.desk.run("amtool", ["config", "routes", "test", "--config.file", file, ...pairs]);
    // The operator puts before a receiver's name whose it is.
    return answer
      .trim()
      .split(",")
      .map((name) => name.split("/").at(-1));
  };

  it("brings every alert to whom bootstrap.yaml names for its severity", async () => {
    const alerts = alertsOf(alertingRules(config)).filter(({ heartbeat = false }) => !heartbeat);
    expect(alerts.length).toBeGreaterThan(50);
    for (const { alert, severity } of alerts) {
      const labels = { alertname: alert, severity, namespace: "rackspace-system" };
      expect([alert, await receiversOf(labels)]).toEqual([alert, told[severity]]);
    }
  });

  it("brings the alert that always fires to the dead man's switch alone", async () => {
    const heartbeats = alertsOf(alertingRules(config)).filter(({ heartbeat = false }) => heartbeat);
    expect(heartbeats).toHaveLength(1);
    for (const { alert, severity } of heartbeats)
      expect(await receiversOf({ alertname: alert, severity })).toEqual(["Heartbeat"]);
  });

  it("holds what the Secret of the receivers says", () => {
    const text = cluster.api.desk.readFile(file);
    expect(text.split(VALUE).length - 1).toBe(
      monitoringSecrets(config).flatMap(({ keys }) => Object.keys(keys)).length,
    );
  });
});
