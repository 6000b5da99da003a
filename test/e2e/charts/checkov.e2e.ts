import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parseAllDocuments } from "yaml";
import { PREFIX } from "../../../charts/shared/labels.js";
import { listEnvironments } from "../../../src/config/environments.js";
import { loadEnvironments } from "../../../src/config/load-environments.js";
import { projectRoot } from "../../support/project.js";
import { runCheckovOnManifests, type CheckovReport, type Finding } from "../support/checkov.js";
import { declaredRules, imageWaivers, waivers, type Waiver } from "./checkov-waivers.js";
import { type Resource } from "./cluster-state.js";
import { manifestFiles } from "./manifests.js";

const { sound: environments } = loadEnvironments(listEnvironments(projectRoot));
/** Of checks, in percent: kube-prometheus has 94.3. */
const PASSED_AT_LEAST = 98;

describe("checkov on the manifests of every demo environment", () => {
  const folder = mkdtempSync(join(tmpdir(), "kaas-checkov-"));
  /** Annotations by cluster and address. */
  const annotations = new Map<string, Readonly<Record<string, string>>>();
  let report: CheckovReport;

  beforeAll(async () => {
    for (const { name, config } of environments) {
      mkdirSync(join(folder, name));
      for (const file of manifestFiles(config)) {
        writeFileSync(join(folder, name, file.name), file.text);
        for (const document of parseAllDocuments(file.text)) {
          const { kind, metadata } = document.toJS() as Resource;
          const address = [kind, metadata.namespace ?? "default", metadata.name].join(".");
          annotations.set(`${name} ${address}`, metadata.annotations ?? {});
        }
      }
    }
    report = await runCheckovOnManifests(folder);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const idOf = ({ check }: Finding) => check.split(":")[0] ?? "";
  const isOfImages = (finding: Finding) => imageWaivers.some((waiver) => covers(waiver, finding));
  const covers = ({ check, objects }: Waiver, finding: Finding) =>
    idOf(finding) === check && (objects === undefined || objects.includes(finding.address));
  const declares = (finding: Finding) =>
    declaredRules[idOf(finding)]?.some(
      (rule) => annotations.get(`${finding.stack} ${finding.address}`)?.[`${PREFIX}without-${rule}`] !== undefined,
    ) === true;

  it("finds nothing but what has a reason", () => {
    const all = [...imageWaivers, ...waivers];
    const without = report.findings.filter(
      (finding) => !declares(finding) && !all.some((waiver) => covers(waiver, finding)),
    );
    expect(without).toEqual([]);
    expect(report.parsingErrors).toBe(0);
  });

  it("finds everything that has one: no reason outlives its finding", () => {
    const outlived = [...imageWaivers, ...waivers].filter(({ check, objects = [undefined] }) =>
      objects.some(
        (address) =>
          !report.findings.some(
            (finding) => idOf(finding) === check && (address === undefined || finding.address === address),
          ),
      ),
    );
    expect(outlived).toEqual([]);
    const unused = Object.keys(declaredRules).filter(
      (check) => !report.findings.some((found) => idOf(found) === check),
    );
    expect(unused).toEqual([]);
  });

  it(`passes ${PASSED_AT_LEAST} % of the checks of manifests`, () => {
    const { passed, findings } = report;
    const failed = findings.filter((finding) => !isOfImages(finding)).length;
    const share = (count: number) => (passed / (passed + count)) * 100;
    process.stderr.write(
      [
        `  checkov: ${passed} passed, ${findings.length} not: ${share(findings.length).toFixed(1)} %;`,
        ` without the two checks of every image ${share(failed).toFixed(1)} %\n`,
        ...[...imageWaivers, ...waivers].map(({ check, reason }) => `    ${check}: ${reason}\n`),
        ...Object.entries(declaredRules).map(
          ([check, rules]) => `    ${check}: said by the workload, kaas.rackspace.com/without-${rules.join(" or -")}\n`,
        ),
      ].join(""),
    );
    expect(share(failed)).toBeGreaterThanOrEqual(PASSED_AT_LEAST);
    expect(passed).toBeGreaterThan(1000);
  });
});
