import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parse } from "yaml";
import { alertsOf, type AlertRule } from "../../src/alerting/alert-rule.js";
import { alertingRules } from "../../src/alerting/alerting-rules.js";
import { minutesOf } from "../../src/alerting/duration.js";
import {
  checkName,
  consecutiveCount,
  maasCheck,
  maasDocument,
  maasDocuments,
  type MaasCheck,
} from "../../src/alerting/maas.js";
import { everyAlert } from "../../src/alerting/runbook-index.js";
import { openStackCluster } from "../support/clusters.js";

const alerts = [...everyAlert().values()];

/** The alarm language as far as criteria use it: a text is quoted, and a backslash takes the next character as it is. */
const CRITERIA =
  /^:set consecutiveCount=(\d+)\nif \(metric\["((?:[^"\\\n]|\\.)*)"\] > 0\) \{\n {2}return new AlarmStatus\((OK|WARNING|CRITICAL), "((?:[^"\\\n]|\\.)*)"\);\n\}\nreturn new AlarmStatus\((OK|CRITICAL, "(?:[^"\\\n]|\\.)*")\);\n$/;

interface Criteria {
  readonly count: number;
  readonly metric: string;
  readonly status: string;
  readonly message: string;
  readonly otherwise: string;
}

function criteriaOf({ alert }: Pick<AlertRule, "alert">, check: MaasCheck): Criteria {
  const text = check.alarms[checkName(alert)]?.criteria ?? "";
  const [matched, count, metric = "", status = "", message = "", otherwise = ""] = CRITERIA.exec(text) ?? [];
  if (matched === undefined) throw new Error(`no criteria: ${text}`);
  return { count: Number(count), metric, status, message: message.replace(/\\(.)/g, "$1"), otherwise };
}

const camelCase = fc.stringMatching(/^([A-Z]+[a-z0-9]+){1,4}$/);
/** What quoting, YAML and PromQL take for their own. */
const SPECIAL = [
  '"',
  "'",
  "\\",
  "{",
  "}",
  "[",
  "]",
  "#",
  "#{",
  ":",
  "&",
  "*",
  "!",
  "|",
  ">",
  "%",
  "@",
  "`",
  "$",
  " ",
  "\n",
  "\t",
];
const hostile = fc.string({
  unit: fc.oneof(fc.constantFrom(...SPECIAL), fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 })),
});
const anyRule: fc.Arbitrary<AlertRule> = fc.record({
  alert: camelCase,
  expr: hostile,
  for: fc
    .tuple(fc.nat(600), fc.constantFrom("s" as const, "m" as const, "h" as const))
    .map(([n, unit]) => `${n}${unit}` as const),
  severity: fc.constantFrom("critical", "warning", "info"),
  summary: hostile,
  description: fc.constant(""),
});

describe("a check of the MaaS agent", () => {
  it("has the shape that the agent's documentation gives, for the dead man's switch", () => {
    const rule = alertsOf(alertingRules(openStackCluster())).find(({ alert }) => alert === "DeadMansSwitch");
    expect(maasDocuments(rule === undefined ? [] : [rule])).toEqual({
      "dead_mans_switch.yaml": `type: agent.plugin
label: "DeadMansSwitch"
period: "60"
timeout: "30"
disabled: "false"
details:
  file: check_prometheus.py
  args: ["--query=vector(1)", "--check=DeadMansSwitch", "http://prometheus-k8s.rackspace-system.svc.cluster.local:9090"]
alarms:
  dead_mans_switch:
    label: "DeadMansSwitch"
    notification_plan_id: "npManaged"
    disabled: "false"
    criteria: |
      :set consecutiveCount=1
      if (metric["DeadMansSwitch"] > 0) {
        return new AlarmStatus(OK, "Prometheus evaluates its rules.");
      }
      return new AlarmStatus(CRITICAL, "Prometheus answers, but DeadMansSwitch does not fire: no other alert can be trusted.");
`,
    });
  });

  it.each([
    ["DeadMansSwitch", "dead_mans_switch"],
    ["KubeAPIDown", "kube_api_down"],
    ["KubeCPUOvercommitted", "kube_cpu_overcommitted"],
    ["CoreDNSErrors", "core_dns_errors"],
    ["EtcdFsyncSlow", "etcd_fsync_slow"],
  ])("%s is named %s", (alert, name) => {
    expect(checkName(alert)).toBe(name);
  });

  it("has a name of its own, in lower case with underscores", () => {
    const names = alerts.map(({ alert }) => checkName(alert));
    expect(names.filter((name) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(alerts.length);
  });

  it("is named like a key of a ConfigMap, whatever the alert", () => {
    fc.assert(
      fc.property(camelCase, (alert) => {
        expect(checkName(alert)).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
        expect(checkName(alert).replaceAll("_", "")).toBe(alert.toLowerCase());
      }),
    );
  });

  it.each([
    ["0m", 1],
    ["30s", 1],
    ["60s", 1],
    ["61s", 2],
    ["3m", 3],
    ["5m", 5],
    ["10m", 5],
    ["12h", 5],
  ] as const)("must fail as often in a row as an alert waits minutes, five times at most: %s is %d", (time, count) => {
    expect(consecutiveCount({ for: time })).toBe(count);
  });

  it.each(alerts.map((rule) => [rule.alert, rule] as const))("judges %s as its severity says", (_alert, rule) => {
    const { count, metric, status, message, otherwise } = criteriaOf(rule, maasCheck(rule));
    expect({ metric, message }).toEqual({ metric: rule.alert, message: rule.summary });
    expect(count).toBe(Math.max(1, Math.min(5, minutesOf(rule.for))));
    if (rule.heartbeat === true) {
      expect([status, otherwise.split(",")[0]]).toEqual(["OK", "CRITICAL"]);
    } else {
      expect([status, otherwise]).toEqual([
        { critical: "CRITICAL", warning: "WARNING", info: "OK" }[rule.severity],
        "OK",
      ]);
    }
  });

  it("asks for the alert's expression, whatever stands in it", () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        const { details } = parse(maasDocument(maasCheck(rule))) as MaasCheck;
        expect(details.args.slice(0, 2)).toEqual([`--query=${rule.expr}`, `--check=${rule.alert}`]);
        expect(details.args).toHaveLength(3);
      }),
    );
  });

  it("is the same after it was written and read, and counts to five at most", () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        const check = maasCheck(rule);
        expect(parse(maasDocument(check))).toEqual(check);
        const { count, message } = criteriaOf(rule, check);
        expect([1, 2, 3, 4, 5]).toContain(count);
        expect(message).toBe(rule.summary.replace(/\s+/g, " ").replaceAll("#{", "# {"));
      }),
    );
  });

  it("has texts only where the agent wants texts", () => {
    for (const rule of alerts) {
      const check = parse(maasDocument(maasCheck(rule))) as Record<string, unknown>;
      expect([check["period"], check["timeout"], check["disabled"]]).toEqual(["60", "30", "false"]);
    }
  });
});
