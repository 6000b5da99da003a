import { spawnSync } from "node:child_process";
import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { projectRoot, TemporaryProject } from "../support/project.js";

const tsx = join(projectRoot, "node_modules/tsx/dist/cli.mjs");

describe.each([
  { app: "stacks/main.ts", out: "cdktf.out", variable: "CDKTF_OUTDIR" },
  { app: "charts/main.ts", out: "dist", variable: "CDK8S_OUTDIR" },
])("$app, as its own CLI runs it", ({ app, out, variable }) => {
  let project: TemporaryProject;
  beforeEach(() => {
    project = new TemporaryProject();
  });
  afterEach(() => {
    project.remove();
  });

  const run = (environment: Readonly<Record<string, string>> = {}) => {
    const { [variable]: _inherited, ...inherited } = process.env;
    return spawnSync(process.execPath, [tsx, join(projectRoot, app)], {
      cwd: project.root,
      env: { ...inherited, ...environment },
      encoding: "utf8",
    });
  };

  it("writes every environment into its default folder", () => {
    expect(run()).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(join(project.root, out), { recursive: true }).join()).toContain("demo-rhosp");
  });

  it("writes where its CLI says", () => {
    expect(run({ [variable]: "elsewhere" }).status).toBe(0);
    expect(readdirSync(project.root)).not.toContain(out);
    expect(readdirSync(join(project.root, "elsewhere"))).not.toHaveLength(0);
  });

  it("fails with exit code 2, every report and no output when a file has mistakes", () => {
    for (const name of ["demo-openstack", "demo-rhosp"]) {
      appendFileSync(join(project.root, "environments", name, "bootstrap.yaml"), "\nclutser: {}\n");
    }
    const { status, stderr } = run();
    expect(status).toBe(2);
    expect(stderr.match(/did you mean cluster\?/g)).toHaveLength(2);
    expect(readdirSync(project.root)).toEqual(["environments"]);
  });
});

describe("the app that cdktf runs", () => {
  it("is the one that cdktf.json names", () => {
    const { app } = JSON.parse(readFileSync(join(projectRoot, "cdktf.json"), "utf8")) as { app: string };
    expect(app).toBe("npx tsx stacks/main.ts");
  });
});
