import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { formatDiagnostics } from "../../src/config/diagnostics.js";
import { loadBootstrap } from "../../src/config/load.js";
import { parseBootstrap } from "../../src/config/parse.js";
import { commonRules, eksRules, openStackRules } from "../../src/config/rules/index.js";
import { readSource } from "../../src/config/source-document.js";

const FOLDER = join(import.meta.dirname, "faulty");
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.replace(/\.yaml$/, ""));

/** Names of the rules that say something about a file. */
function rulesHitBy(name: string): readonly string[] {
  const source = readSource(readFileSync(join(FOLDER, `${name}.yaml`), "utf8"));
  if (!source.ok) return [];
  const { bootstrap } = parseBootstrap(source.document.value);
  if (bootstrap === undefined) return [];
  const { sections } = bootstrap;
  const common = commonRules.filter((rule) => rule(sections).length > 0);
  const own =
    bootstrap.type === "openstack"
      ? openStackRules.filter((rule) => rule(bootstrap.sections).length > 0)
      : eksRules.filter((rule) => rule(bootstrap.sections).length > 0);
  return [...common, ...own].map((rule) => rule.name);
}

describe("a faulty bootstrap.yaml", () => {
  it.each(names)("fails with the report of faulty/%s.txt", (name) => {
    const result = loadBootstrap(join(FOLDER, `${name}.yaml`));
    expect(result.ok ? "accepted" : formatDiagnostics(`${name}.yaml`, result.diagnostics)).toBe(
      readFileSync(join(FOLDER, `${name}.txt`), "utf8"),
    );
  });

  it("never shows a secret that stands in it", () => {
    const reports = names.map((name) => readFileSync(join(FOLDER, `${name}.txt`), "utf8"));
    const holding = names.filter((name) => readFileSync(join(FOLDER, `${name}.yaml`), "utf8").includes("hunter2"));
    expect(holding.length).toBeGreaterThanOrEqual(6);
    expect(reports.filter((report) => report.includes("hunter2"))).toEqual([]);
  });

  it("is answered with a remedy of one line for each mistake", () => {
    for (const name of names) {
      const result = loadBootstrap(join(FOLDER, `${name}.yaml`));
      for (const { expected, remedy, problem = "" } of result.ok ? [] : result.diagnostics) {
        expect(`${name}: ${expected}${remedy}${problem}`).not.toMatch(/\n|undefined|NaN|\[object/);
        expect(remedy).not.toBe("");
      }
    }
  });
});

describe("the rules between fields", () => {
  const hits = new Set(names.flatMap(rulesHitBy));

  it.each([...commonRules, ...openStackRules, ...eksRules].map((rule) => rule.name))(
    "have a faulty file for %s",
    (rule) => {
      expect(hits).toContain(rule);
    },
  );
});
