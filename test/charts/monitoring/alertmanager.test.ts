import { describe, expect, it } from "@jest/globals";
import { alertRouting } from "../../../charts/monitoring/alert-routing.js";
import { inhibitions } from "../../../charts/monitoring/inhibitions.js";
import { monitoringSecrets } from "../../../charts/monitoring/monitoring-secrets.js";
import type { AlertmanagerSpec, Receiver, Route } from "../../../charts/crds/generated/monitoring.coreos.com.js";
import { alertsOf } from "../../../src/alerting/alert-rule.js";
import { alertingRules } from "../../../src/alerting/alerting-rules.js";
import { eks, openStack } from "../../support/bootstraps.js";
import { clusterManifests, the } from "./manifests.js";
import { toldMonitoring } from "./notifications.js";

const telling = openStack({ services: { monitoring: toldMonitoring } });
const silent = openStack();

/** Who is told, as Alertmanager walks the routes: down to the first that matches and does not let go on. */
function toldOf({ route }: ReturnType<typeof alertRouting>, labels: Readonly<Record<string, string>>) {
  const told: string[] = [];
  for (const { matchers = [], receiver = "", continue: goesOn = false } of (route?.routes ?? []) as readonly Route[]) {
    if (!matchers.every(({ name, value = "" }) => new RegExp(`^(?:${value})$`).test(labels[name] ?? ""))) continue;
    told.push(receiver);
    if (!goesOn) break;
  }
  return told.length > 0 ? told : [route?.receiver];
}

describe("alerts", () => {
  it.each([
    ["critical", ["hook", "duty", "mail"]],
    ["warning", ["chat", "duty", "mail"]],
    ["info", ["chat"]],
  ])("of severity %s reach everybody who wants them", (severity, told) => {
    expect(toldOf(alertRouting(telling), { alertname: "Some", severity })).toEqual(told);
  });

  it("that always fire reach the dead man's switch alone, every few minutes", () => {
    const labels = { alertname: "DeadMansSwitch", severity: "info" };
    expect(toldOf(alertRouting(telling), labels)).toEqual(["Heartbeat"]);
    expect((alertRouting(telling).route?.routes as readonly Route[])[0]?.repeatInterval).toBe("5m");
    expect(toldOf(alertRouting(silent), labels)).toEqual(["Nobody"]);
  });

  it("reach nobody when bootstrap.yaml names nobody, and are taken all the same", () => {
    expect(toldOf(alertRouting(silent), { alertname: "Some", severity: "critical" })).toEqual(["Nobody"]);
    expect(alertRouting(silent).receivers).toEqual([{ name: "Nobody" }]);
  });

  it.each([telling, silent, eks()])("go to receivers that there are", (config) => {
    const { route, receivers = [] } = alertRouting(config);
    const routes = [route, ...((route?.routes ?? []) as readonly Route[])];
    const names = receivers.map(({ name }) => name);
    expect(routes.filter((each) => !names.includes(each?.receiver ?? ""))).toEqual([]);
  });
});

describe("an alert that says less about the same thing", () => {
  it("and the one that keeps it back are rules of some cluster", () => {
    const known = new Set(
      [silent, eks()].flatMap((config) => alertsOf(alertingRules(config))).map((each) => each.alert),
    );
    expect(
      inhibitions.flatMap((inhibition) => [inhibition.by, inhibition.of]).filter((name) => !known.has(name)),
    ).toEqual([]);
  });

  it("is kept back only by one that is no less urgent", () => {
    const urgency = ["info", "warning", "critical"];
    const alerts = alertsOf(alertingRules(silent));
    const of = (name: string) => urgency.indexOf(alerts.find(({ alert }) => alert === name)?.severity ?? "");
    for (const inhibition of inhibitions) expect(of(inhibition.by)).toBeGreaterThanOrEqual(of(inhibition.of));
  });

  it("is not named where the cluster does not have it", () => {
    const names = JSON.stringify(alertRouting(eks()).inhibitRules);
    expect(names).toContain("KubeNodesNotReady");
    expect(names).not.toContain("Etcd");
  });
});

describe("those who are told of alerts", () => {
  /** Keys of Secrets that receivers name. */
  const keys = (receivers: readonly Receiver[] = []) =>
    [...JSON.stringify(receivers).matchAll(/\{"name":"([^"]+)","key":"([^"]+)"\}/g)].map(([, name, key]) => [
      name,
      key,
    ]);

  it("have their addresses and keys in one Secret, from the fields that refer to them", () => {
    const [secret, ...others] = monitoringSecrets(telling);
    expect(others).toEqual([]);
    expect(secret?.keys).toEqual({
      "hook.url": { from: "configuration", path: "services.monitoring.notifications[0].url" },
      "chat.url": { from: "configuration", path: "services.monitoring.notifications[1].url" },
      "duty.routingKey": { from: "configuration", path: "services.monitoring.notifications[2].routingKey" },
      "mail.password": { from: "configuration", path: "services.monitoring.notifications[3].auth.password" },
      "heartbeat.url": { from: "configuration", path: "services.monitoring.heartbeat.url" },
    });
    expect(keys(alertRouting(telling).receivers).sort()).toEqual(
      Object.keys(secret?.keys ?? {})
        .map((key) => [secret?.name, key])
        .sort(),
    );
  });

  it("need no Secret when there are none, or when they need none", () => {
    const { auth: _auth, ...open } = toldMonitoring.notifications[3] ?? {};
    const config = openStack({ services: { monitoring: { notifications: [open] } } });
    expect([silent, config].map(monitoringSecrets)).toEqual([[], []]);
    expect(keys(alertRouting(config).receivers)).toEqual([]);
  });

  it("are the only ones that Alertmanager is let out to, at their ports", () => {
    const policies = (config: typeof silent) =>
      clusterManifests(config).filter(({ metadata }) => metadata.name === "alertmanager-to-receivers");
    expect(policies(silent)).toEqual([]);
    const [egress] = policies(telling)[0]?.spec["egress"] as readonly { readonly ports: readonly { port: number }[] }[];
    expect(egress?.ports.map(({ port }) => port)).toEqual([443, 587, 8443]);
  });
});

describe("Alertmanager", () => {
  const manifests = clusterManifests(silent);
  const { spec, metadata } = the<AlertmanagerSpec>(manifests, "Alertmanager", "platform");

  it("takes its routes from the platform alone", () => {
    const name = spec.alertmanagerConfiguration?.name ?? "";
    expect(the(manifests, "AlertmanagerConfig", name).metadata.namespace).toBe(metadata.namespace);
    expect([spec.alertmanagerConfigSelector, spec.alertmanagerConfigNamespaceSelector]).toEqual([undefined, undefined]);
  });

  it("lets its members tell each other what they have sent, by TCP and UDP", () => {
    const { spec: policy } = the<{ ingress: readonly { ports: unknown }[] }>(
      manifests,
      "NetworkPolicy",
      "alertmanager-from-alertmanager",
    );
    expect(policy.ingress[0]?.ports).toEqual([
      { port: 9094, protocol: "TCP" },
      { port: 9094, protocol: "UDP" },
    ]);
  });
});
