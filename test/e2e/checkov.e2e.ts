import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { projectRoot } from "../support/project.js";
import { runCommand } from "./support/process.js";

interface Finding {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
}

interface Report {
  readonly summary: { readonly passed: number; readonly failed: number; readonly parsing_errors: number };
  readonly results: { readonly failed_checks: readonly Finding[] };
}

describe("checkov on the synthesized Terraform of every demo environment", () => {
  const folder = mkdtempSync(join(tmpdir(), "kaas-checkov-"));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("finds nothing", async () => {
    const goldens = join(projectRoot, "test/golden/stacks");
    for (const file of readdirSync(goldens)) {
      // Its parser stops at terraform.required_version, a text where it expects a block; it checks nothing there.
      const { terraform: _terraform, ...checked } = JSON.parse(readFileSync(join(goldens, file), "utf8")) as Record<
        string,
        unknown
      >;
      const stack = join(folder, file.replace(/\.tf\.json$/, ""));
      mkdirSync(stack);
      writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify(checked, undefined, 2));
    }
    const options = ["--directory", folder, "--framework", "terraform_json", "--skip-download", "--output", "json"];
    const report = JSON.parse(
      await runCommand("checkov", process.env["KAAS_CHECKOV"] ?? "checkov", options, {
        cwd: folder,
        environment: {},
        exitCodes: [0, 1],
      }),
    ) as Report;

    expect(report.results.failed_checks).toEqual([]);
    expect(report.summary).toMatchObject({ failed: 0, parsing_errors: 0 });
    expect(report.summary.passed).toBeGreaterThan(200);
  });
});
