import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { alertsOf } from "../../../src/alerting/alert-rule.js";
import { alertingRules } from "../../../src/alerting/alerting-rules.js";
import { rulesFile } from "../../../src/alerting/prometheus-rule.js";
import { listEnvironments } from "../../../src/config/environments.js";
import { loadEnvironments } from "../../../src/config/load-environments.js";
import { alertCases } from "../../alerting/cases/index.js";
import { promtoolSuites, type PromtoolSuite } from "../../alerting/support/promtool-tests.js";
import { projectRoot } from "../../support/project.js";
import { runCommand } from "../support/process.js";
import { prometheusProgram } from "./support/prometheus.js";

const root = mkdtempSync(join(tmpdir(), "kaas-alert-rules-"));
const environments = loadEnvironments(listEnvironments(projectRoot)).sound.map(
  ({ config }) => [config.name, config] as const,
);

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** What it says of failures goes to the other stream. */
const BOTH_STREAMS = ["-c", 'exec "$0" "$@" 2>&1'] as const;

function promtool(cwd: string, args: readonly string[], exitCode = 0): Promise<string> {
  const command = [...BOTH_STREAMS, prometheusProgram("promtool"), ...args];
  return runCommand(`promtool ${args.slice(0, 2).join(" ")}`, "bash", command, {
    cwd,
    environment: {},
    exitCodes: [exitCode],
  });
}

function write(folder: string, { name, rules, tests }: PromtoolSuite): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.rules.yaml`), rules);
  writeFileSync(join(folder, `${name}.test.yaml`), tests);
  return `${name}.test.yaml`;
}

const tested = new Set<string>();

/** Environments of one provider have most rules in common: what promtool has seen once it need not see again. */
function isNew({ rules, tests }: PromtoolSuite): boolean {
  const text = `${rules}\n${tests}`;
  if (tested.has(text)) return false;
  tested.add(text);
  return true;
}

describe.each(environments)("promtool on the rules of %s", (name, config) => {
  const folder = join(root, name);
  const groups = alertingRules(config);

  it("finds no mistake", async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "rules.yaml"), rulesFile(groups));
    const count = groups.reduce((sum, { rules }) => sum + rules.length, 0);
    const report = await promtool(folder, ["check", "rules", "--lint=all", "--lint-fatal", "rules.yaml"]);
    expect(report).toContain(`${count} rules found`);
  });

  it("sees every alert fire when it must, with all that it says, and not fire when it must not", async () => {
    const suites = promtoolSuites(groups, alertCases(config.provider.type));
    expect(suites.reduce((sum, { alerts }) => sum + alerts, 0)).toBe(alertsOf(groups).length);
    const files = suites.filter(isNew).map((suite) => write(folder, suite));
    if (files.length === 0) return;
    const report = await promtool(folder, ["test", "rules", ...files]);
    expect(report.match(/SUCCESS/g)).toHaveLength(files.length);
  });
});

describe("the cases can fail:", () => {
  const [, config] = environments.find(([, { provider }]) => provider.type === "openstack") ?? [];
  if (config === undefined) throw new Error("there is no environment on OpenStack");
  const groups = alertingRules(config);
  const cases = alertCases(config.provider.type);
  // What always fires has no case in which it must not.
  const suites = promtoolSuites(groups, cases).filter(({ name }) => name !== "watchdog");

  it.each([
    ["an alert that never fires", "vector(0) > 1"],
    ["an alert that always fires", "vector(1)"],
  ])("%s is found in every group", async (mutant, expr) => {
    const folder = join(root, mutant.replaceAll(" ", "-"));
    const mutated = groups.map((group) => ({
      ...group,
      rules: group.rules.map((rule) => ("alert" in rule ? { ...rule, expr } : rule)),
    }));
    const files = suites.map((suite) => {
      const rules = rulesFile(mutated.filter(({ name }) => name === suite.name));
      return write(folder, { ...suite, rules });
    });
    const report = await promtool(folder, ["test", "rules", ...files], 1);
    expect(report).not.toContain("SUCCESS");
    const failed = new Set([...report.matchAll(/alertname: (\w+)/g)].map(([, alert]) => alert));
    const mutants = alertsOf(groups).filter(({ heartbeat }) => heartbeat !== true);
    expect([...failed].sort()).toEqual(mutants.map(({ alert }) => alert).sort());
  });
});
