import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./process.js";

/** A check that a resource does not pass. */
export interface Finding {
  /** Name of the folder of the stack, or of the cluster. */
  readonly stack: string;
  /** Terraform's address of the resource, or kind, namespace and name of the object. */
  readonly address: string;
  readonly check: string;
}

export interface CheckovReport {
  readonly passed: number;
  readonly parsingErrors: number;
  readonly findings: readonly Finding[];
}

interface RawFinding {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
  readonly file_path: string;
  readonly file_line_range: readonly [number, number];
}

interface RawReport {
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
  readonly results: { readonly failed_checks: readonly RawFinding[] };
}

/** Runs checkov over `<folder>/<stack>/cdk.tf.json`, each written with an indentation of two. */
export async function runCheckov(folder: string): Promise<CheckovReport> {
  const { summary, results } = await rawReport(folder, "terraform_json");
  return {
    passed: summary.passed,
    parsingErrors: summary.parsing_errors,
    findings: results.failed_checks.map(({ file_path, file_line_range: [line], ...rest }) => ({
      stack: file_path.split("/")[1] ?? "",
      address: addressAt(readFileSync(join(folder, file_path), "utf8"), line),
      check: checkOf(rest),
    })),
  };
}

/** Runs checkov over `<folder>/<cluster>/<manifests>.yaml`; an address is `Deployment.<namespace>.<name>`. */
export async function runCheckovOnManifests(folder: string): Promise<CheckovReport> {
  const { summary, results } = await rawReport(folder, "kubernetes");
  return {
    passed: summary.passed,
    parsingErrors: summary.parsing_errors,
    findings: results.failed_checks.map(({ file_path, resource, ...rest }) => ({
      stack: file_path.split("/")[1] ?? "",
      address: resource,
      check: checkOf(rest),
    })),
  };
}

async function rawReport(folder: string, framework: string): Promise<RawReport> {
  const options = ["--directory", folder, "--framework", framework, "--skip-download", "--output", "json"];
  const report = await runCommand("checkov", process.env["KAAS_CHECKOV"] ?? "checkov", options, {
    cwd: folder,
    environment: {},
    exitCodes: [0, 1],
  });
  return JSON.parse(report) as RawReport;
}

function checkOf({ check_id, check_name }: Pick<RawFinding, "check_id" | "check_name">): string {
  return `${check_id}: ${check_name}`;
}

/** Of most resources checkov tells the name without the type, but of all the line at which they begin. */
function addressAt(text: string, line: number): string {
  const before = text.split("\n").slice(0, line);
  const name = /^ {6}"(.+)": \{$/.exec(before.at(-1) ?? "")?.[1];
  const type = before
    .map((candidate) => /^ {4}"(.+)": \{$/.exec(candidate)?.[1])
    .findLast((found) => found !== undefined);
  if (name === undefined || type === undefined) throw new Error(`no resource begins at line ${line}`);
  return `${type}.${name}`;
}
