import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { projectRoot } from "../support/project.js";
import type { SynthesizedJson } from "../support/synthesized.js";
import { runCheckov, type CheckovReport, type Finding } from "./support/checkov.js";

/** A finding that the resource itself declares to be right, as its construct was told by `acceptRisk`. */
interface AcceptedRisk extends Finding {
  readonly comment: string;
}

interface Origin {
  readonly checkov?: { readonly skip: readonly { readonly id: string; readonly comment: string }[] };
}

describe("checkov on the synthesized Terraform of every demo environment", () => {
  const folder = mkdtempSync(join(tmpdir(), "kaas-checkov-"));
  const accepted: AcceptedRisk[] = [];
  let report: CheckovReport;

  beforeAll(async () => {
    const goldens = join(projectRoot, "test/golden/stacks");
    for (const file of readdirSync(goldens)) {
      const stack = file.replace(/\.tf\.json$/, "");
      // Its parser stops at terraform.required_version, a text where it expects a block; it checks nothing there.
      const { terraform: _terraform, ...checked } = JSON.parse(
        readFileSync(join(goldens, file), "utf8"),
      ) as SynthesizedJson;
      mkdirSync(join(folder, stack));
      writeFileSync(join(folder, stack, "cdk.tf.json"), JSON.stringify(checked, undefined, 2));
      accepted.push(...acceptedRisks(stack, checked));
    }
    report = await runCheckov(folder);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("finds nothing but what a resource declares to be right", () => {
    const found = report.findings.filter((finding) => !accepted.some((risk) => isSame(risk, finding)));
    expect(found).toEqual([]);
    expect(report.parsingErrors).toBe(0);
    expect(report.passed).toBeGreaterThan(600);
  });

  it("finds everything that a resource declares to be right: no reason outlives its finding", () => {
    expect(accepted.filter((risk) => !report.findings.some((finding) => isSame(risk, finding)))).toEqual([]);
  });

  it("every such declaration says why", () => {
    expect(accepted.length).toBeGreaterThan(0);
    for (const { check, comment } of accepted)
      expect([check, comment]).toEqual([check, expect.stringMatching(/\w+ \w+/)]);
  });
});

/** checkov looks for none in JSON, which has no comments. */
function acceptedRisks(stack: string, { resource }: Pick<SynthesizedJson, "resource">): readonly AcceptedRisk[] {
  return Object.entries(resource).flatMap(([type, resources]) =>
    Object.entries(resources).flatMap(([name, { "//": origin }]) =>
      ((origin as Origin).checkov?.skip ?? []).map(({ id, comment }) => ({
        stack,
        address: `${type}.${name}`,
        check: id,
        comment,
      })),
    ),
  );
}

function isSame(risk: AcceptedRisk, { stack, address, check }: Finding): boolean {
  return risk.stack === stack && risk.address === address && check.startsWith(`${risk.check}:`);
}
