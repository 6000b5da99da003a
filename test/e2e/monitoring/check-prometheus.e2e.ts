import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { alertsOf, type AlertRule } from "../../../src/alerting/alert-rule.js";
import { alertingRules } from "../../../src/alerting/alerting-rules.js";
import { maasCheck, maasDocument, PROMETHEUS_URL, type MaasCheck } from "../../../src/alerting/maas.js";
import { rulesFile } from "../../../src/alerting/prometheus-rule.js";
import { everyAlert } from "../../../src/alerting/runbook-index.js";
import { listEnvironments } from "../../../src/config/environments.js";
import { loadEnvironments } from "../../../src/config/load-environments.js";
import { runCheck } from "../../alerting/support/check-prometheus.js";
import { projectRoot } from "../../support/project.js";
import { freePort, HOST } from "../support/loopback-server.js";
import { eventually } from "../support/eventually.js";
import { PrometheusServer } from "./support/prometheus.js";

const [environment] = loadEnvironments(listEnvironments(projectRoot)).sound;
if (environment === undefined) throw new Error("there is no environment");
const groups = alertingRules(environment.config);

let prometheus: PrometheusServer;

beforeAll(async () => {
  prometheus = await PrometheusServer.start({ cluster: rulesFile(groups) });
});
afterAll(async () => {
  await prometheus.stop();
});

describe("a real Prometheus", () => {
  it("evaluates every rule without an error", async () => {
    const reported = await eventually(async () => {
      const rules = await prometheus.rules();
      if ([...rules.values()].flat().some(({ health }) => health === "unknown"))
        throw new Error("not all evaluated yet");
      return rules;
    }, 60);
    expect([...reported.keys()].sort()).toEqual(groups.map(({ name }) => name).sort());
    const failing = [...reported.values()].flat().filter(({ health }) => health !== "ok");
    expect(failing).toEqual([]);
  });

  it("fires the dead man's switch at once", async () => {
    const firing = await eventually(async () => {
      const names = await prometheus.firing();
      if (names.length === 0) throw new Error("nothing fires");
      return names;
    });
    expect(firing).toContain("DeadMansSwitch");
  });
});

describe("check_prometheus.py against a real Prometheus", () => {
  const check = (query: string, ...more: readonly string[]) =>
    runCheck([`--query=${query}`, "--check=Tried", ...more, prometheus.url]);

  it("counts what fires", async () => {
    await eventually(async () => {
      expect((await check('up{job="prometheus-k8s"} == 1')).stdout).toBe("status ok 1 result\nmetric Tried int64 1\n");
    });
    expect(await check('ALERTS{alertname="DeadMansSwitch",alertstate="firing"}')).toEqual({
      code: 0,
      stdout: "status ok 1 result\nmetric Tried int64 1\n",
      stderr: "",
    });
  });

  it("counts none when nothing fires", async () => {
    expect(await check('up{job="prometheus-k8s"} == 7')).toEqual({
      code: 0,
      stdout: "status ok 0 results\nmetric Tried int64 0\n",
      stderr: "",
    });
  });

  it("counts a scalar as one", async () => {
    expect((await check("time()")).stdout).toBe("status ok 1 result\nmetric Tried int64 1\n");
  });

  it("measures nothing when the query is wrong, and says where", async () => {
    const { code, stdout } = await check("sum(up");
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^status err bad_data: .*1:7: parse error: [^\n]+\n$/)]);
  });

  it("measures nothing when the query gives a range", async () => {
    expect(await check("up[1m]")).toMatchObject({
      code: 1,
      stdout: "status err the query gives a matrix, no vector\n",
    });
  });

  it("measures nothing when Prometheus gives up on a heavy query", async () => {
    const heavy = "count_over_time(sum(rate(prometheus_http_requests_total[1m]))[9000d:1s])";
    const { code, stdout } = await check(heavy, "--timeout=1");
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(/^status err (timeout: query timed out|http:\S+ has not)/),
    ]);
  });

  it("measures nothing when Prometheus does not answer in time", async () => {
    prometheus.halt();
    try {
      expect(await check("vector(1)", "--timeout=2")).toMatchObject({
        code: 1,
        stdout: `status err ${prometheus.url} has not answered within 2 s\n`,
      });
    } finally {
      prometheus.goOn();
    }
  });

  it("measures nothing when nobody listens", async () => {
    const url = `http://${HOST}:${await freePort()}`;
    const { code, stdout } = await runCheck(["--query=vector(1)", "--check=Tried", url]);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^status err http:\S+ cannot be reached: .*refused\n$/)]);
  });

  it("is answered to every check of the agent's ConfigMap", async () => {
    const outcomes = new Map<string, string>();
    for (const rule of everyAlert().values()) outcomes.set(rule.alert, (await runAsTheAgent(rule)).stdout);
    const wrong = [...outcomes].filter(
      ([alert, stdout]) => !new RegExp(`^status ok \\d+ results?\nmetric ${alert} int64 \\d+\n$`).test(stdout),
    );
    expect(wrong).toEqual([]);
    expect(outcomes.get("DeadMansSwitch")).toContain("int64 1\n");
    expect(outcomes.get("KubeAPIDown")).toContain("int64 1\n");
    expect(outcomes.get("PrometheusConfigurationBad")).toContain("int64 0\n");
    expect(outcomes.size).toBeGreaterThanOrEqual(alertsOf(groups).length);
  });

  /** The arguments come from the document that the agent reads. */
  function runAsTheAgent(rule: AlertRule) {
    const { details } = parse(maasDocument(maasCheck(rule))) as MaasCheck;
    return runCheck(details.args.map((argument) => (argument === PROMETHEUS_URL ? prometheus.url : argument)));
  }
});
