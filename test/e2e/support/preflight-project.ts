import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "@jest/globals";
import { policyDocument, type Statement } from "../../../src/eks/policies/policy-document.js";
import { serviceTrust } from "../../../src/eks/policies/trust.js";
import type { Finding } from "../../../src/preflight/finding.js";
import { kaasctl, type CliOutcome } from "../../cli/support/cli.js";
import { Moto, MOTO_ACCOUNT } from "./moto.js";
import type { Environment } from "./process.js";

const bin = resolve(import.meta.dirname, "../../../bin/kaasctl.js");
export const REGION = "eu-central-1";
/** The cluster's administrator, where a test names no other. */
const ADMIN_ROLE = `arn:aws:iam::${MOTO_ACCOUNT}:role/platform`;
/** Stands where secrets stand, so that one that is shown is seen. */
export const SECRET = "moto-must-not-be-shown";

/** What of bootstrap.yaml the rules of a preflight are about. */
export interface Facts {
  readonly region?: string;
  readonly zones?: readonly string[];
  readonly provider?: string;
  readonly cluster?: string;
  readonly workers?: string;
}

/** What of a role of IAM the rules are about. */
export interface RoleFacts {
  /** @default "/" */
  readonly path?: string;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default - EC2 may take it, as of the role of nodes */
  readonly trust?: readonly Statement[];
}

export interface Findings {
  readonly exitCode: number;
  readonly findings: readonly Finding[];
}

/** A cluster `cloud` on EKS, and an account of moto's that it is for. */
export class PreflightProject {
  readonly root = mkdtempSync(join(tmpdir(), "kaas-preflight-"));

  constructor(readonly moto: Moto) {}

  writeBootstrap({
    region = REGION,
    zones = [`${region}a`, `${region}b`],
    provider = `adminRoleArns: ["${ADMIN_ROLE}"]`,
    cluster = "",
    workers = "",
  }: Facts = {}): void {
    const folder = join(this.root, "environments/cloud");
    mkdirSync(folder, { recursive: true });
    const text = `apiVersion: kaas/v1
cluster: { name: cloud, domain: example.com, profile: development${cluster} }
provider:
  type: eks
  region: ${region}
  availabilityZones: [${zones.join(", ")}]
  ${provider}
${workers}`;
    writeFileSync(join(folder, "bootstrap.yaml"), text);
  }

  async createRole(name: string, { path = "/", tags = {}, trust = NODE_TRUST }: RoleFacts = {}): Promise<void> {
    const tagged = Object.entries(tags).flatMap(([key, value], index) => [
      [`Tags.member.${index + 1}.Key`, key],
      [`Tags.member.${index + 1}.Value`, value],
    ]);
    await this.moto.call("iam", "us-east-1", {
      Action: "CreateRole",
      RoleName: name,
      Path: path,
      AssumeRolePolicyDocument: policyDocument(trust),
      ...(Object.fromEntries(tagged) as Readonly<Record<string, string>>),
    });
  }

  /** Runs `kaasctl validate --online` as a user of AWS who has nothing but these variables. */
  async validate(environment: Environment, ...options: readonly string[]): Promise<CliOutcome> {
    const env = {
      PATH: process.env["PATH"] ?? "",
      HOME: this.root,
      AWS_EC2_METADATA_DISABLED: "true",
      ...this.moto.environment,
      AWS_SECRET_ACCESS_KEY: SECRET,
      ...environment,
    };
    const argv = [bin, "validate", "cloud", "--online", ...options];
    try {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, argv, { cwd: this.root, env });
      return { exitCode: 0, stdout, stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { exitCode: code, stdout, stderr };
    }
  }

  /** What it finds, from its JSON. */
  async preflight(facts: Facts = {}, environment: Environment = {}): Promise<Findings> {
    this.writeBootstrap(facts);
    const outcome = await this.validate(environment, "--output", "json");
    expect(outcome.stderr).toBe("");
    expect(outcome.stdout).not.toContain(SECRET);
    return findingsOf(outcome);
  }

  /** The same in this process, where the day is given: the clock of another one cannot be set. */
  onDay(date: string, ...options: readonly string[]): Promise<CliOutcome> {
    const world = { cwd: this.root, now: () => new Date(`${date}T10:00:00Z`) };
    return this.asUser(() => kaasctl(world, "validate", "cloud", "--online", ...options));
  }

  /** Work of this process: the SDK reads its environment. */
  async asUser<T>(work: () => Promise<T>): Promise<T> {
    const before = process.env;
    process.env = { ...before, HOME: this.root, ...this.moto.environment };
    try {
      return await work();
    } finally {
      process.env = before;
    }
  }
}

const NODE_TRUST = serviceTrust("ec2.amazonaws.com");

/** One for the tests of a file, with an account for each in which nothing is but the role of an administrator. */
export function usePreflightProject(): () => PreflightProject {
  let project: PreflightProject;
  beforeAll(async () => {
    project = new PreflightProject(await Moto.start());
  });
  beforeEach(async () => {
    await project.createRole("platform");
  });
  afterEach(async () => {
    await project.moto.reset();
  });
  afterAll(async () => {
    await project.moto.stop();
    rmSync(project.root, { recursive: true, force: true });
  });
  return () => project;
}

export function findingsOf({ exitCode, stdout }: CliOutcome): Findings {
  const document = JSON.parse(stdout) as { preflight: [{ findings: Finding[] }] };
  return { exitCode, findings: document.preflight[0].findings };
}

export function ofCheck({ findings }: Findings, check: string): readonly Finding[] {
  return findings.filter((finding) => finding.check === check);
}

export function failures({ findings }: Findings): readonly Finding[] {
  return findings.filter(({ state }) => state === "failure");
}
