import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { projectRoot } from "../support/project.js";
import { kaasctl } from "./support/cli.js";
import { tempProject } from "./support/temp-project.js";

/** Every way of being wrong that the configuration's own tests know, with the report that it must give. */
const folder = join(projectRoot, "test/config/faulty");
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.slice(0, -".yaml".length));

test("there are faulty files to try", () => {
  expect(names.length).toBeGreaterThan(0);
});

describe.each(names)("%s", (name) => {
  test("validate prints its report", async () => {
    const outcome = await kaasctl({ cwd: folder }, "validate", `${name}.yaml`);
    const report = readFileSync(join(folder, `${name}.txt`), "utf8");
    expect(outcome).toEqual({ exitCode: 2, stdout: report, stderr: "" });
  });

  test("synth writes nothing", async () => {
    const root = tempProject({ x: readFileSync(join(folder, `${name}.yaml`), "utf8") });
    const { exitCode, stdout, stderr } = await kaasctl({ cwd: root }, "synth");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^environments\/x\/bootstrap\.yaml: \d+ mistakes?\n/);
    expect(existsSync(join(root, "cdktf.out"))).toBe(false);
  });
});
