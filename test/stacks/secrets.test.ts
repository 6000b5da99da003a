import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { SecretVariables } from "../../src/config/secret-variables.js";
import { kaasctl } from "../cli/support/cli.js";
import { TemporaryProject } from "../support/project.js";
import { holds, secretTexts } from "../support/secret-texts.js";

const ENVIRONMENT = "demo-openstack";

describe("what synth writes after the secrets were made", () => {
  const project = new TemporaryProject();
  let variables: SecretVariables;
  let written: string;
  beforeAll(async () => {
    await kaasctl({ cwd: project.root }, "preconfigure", ENVIRONMENT);
    await kaasctl({ cwd: project.root }, "synth", ENVIRONMENT);
    const { stdout } = await kaasctl({ cwd: project.root }, "secrets", "variables", ENVIRONMENT);
    variables = JSON.parse(stdout) as SecretVariables;
    const entries = readdirSync(join(project.root, "cdktf.out"), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    written = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8")).join("\n");
  });
  afterAll(() => {
    project.remove();
  });

  it("holds none of them, in whatever form", () => {
    const secrets = secretTexts(variables);
    // Keys of seven pairs and five members with two each, encryption key, token.
    expect(secrets.length).toBeGreaterThanOrEqual(17);
    expect(secrets.filter((secret) => holds(written, secret))).toEqual([]);
  });

  it("would be seen to hold one, as it is, in base64 and compressed", () => {
    const secret = variables.cluster_ca.key;
    for (const form of [secret, JSON.stringify(secret), Buffer.from(`x${secret}`).toString("base64")]) {
      expect(holds(`${written}${form}`, secret)).toBe(true);
    }
  });

  it("asks for every variable of the var-file, and for no other", () => {
    const stack = JSON.parse(
      readFileSync(join(project.root, "cdktf.out/stacks", ENVIRONMENT, "cdk.tf.json"), "utf8"),
    ) as { variable: Record<string, unknown> };
    expect(Object.keys(stack.variable).sort()).toEqual(Object.keys(variables).sort());
  });
});
