import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { stringify } from "yaml";
import { dashboardsOf } from "../../../charts/grafana/dashboards/dashboards-of.js";
import { listEnvironments } from "../../../src/config/environments.js";
import { loadEnvironments } from "../../../src/config/load-environments.js";
import { expressionsOf, substituted } from "../../charts/dashboard-expressions.js";
import { projectRoot } from "../../support/project.js";
import { runCommand } from "../support/process.js";
import { prometheusProgram } from "./support/prometheus.js";

const root = mkdtempSync(join(tmpdir(), "kaas-dashboards-"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** promtool judges expressions that stand in rules. */
function check(name: string, expressions: readonly string[], exitCode = 0): Promise<string> {
  const rules = expressions.map((expr, index) => ({ record: `dashboard:expression:${index}`, expr }));
  writeFileSync(join(root, `${name}.yaml`), stringify({ groups: [{ name, rules }] }));
  const command = ["-c", 'exec "$0" "$@" 2>&1', prometheusProgram("promtool"), "check", "rules", `${name}.yaml`];
  return runCommand("promtool check rules", "bash", command, { cwd: root, environment: {}, exitCodes: [exitCode] });
}

const { sound } = loadEnvironments(listEnvironments(projectRoot));

describe.each(sound.map(({ config }) => [config.name, config] as const))(
  "promtool on the dashboards of %s",
  (name, config) => {
    it("finds no mistake in what they ask", async () => {
      const expressions = dashboardsOf(config).flatMap(expressionsOf).map(substituted);
      expect(expressions.length).toBeGreaterThan(100);
      const report = await check(name, expressions);
      expect(report).toContain(`${expressions.length} rules found`);
    });
  },
);

it("promtool finds a mistake where there is one", async () => {
  expect(await check("mistaken", ["sum by (job) (up"], 1)).toContain("could not parse expression");
});
