import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { describe, expect, test } from "@jest/globals";
import type { SecretsBundle } from "../../src/pki/bundle.js";
import { terraformVariables } from "../../src/pki/terraform-variables.js";
import { kaasctl, parseJson } from "./support/cli.js";
import { eksText, openStackText, tempProject, writeFile } from "./support/temp-project.js";

async function preparedProject(): Promise<string> {
  const root = tempProject({ one: openStackText("one") });
  await kaasctl({ cwd: root }, "preconfigure", "one");
  return root;
}

const fileOf = (root: string) => join(root, "environments/one/secrets.json");
const bundleOf = (root: string) => JSON.parse(readFileSync(fileOf(root), "utf8")) as SecretsBundle;
const later = (date: string) => () => new Date(`${date}T10:00:00Z`);

describe("secrets kubeconfig", () => {
  test("prints the administrator's kubeconfig", async () => {
    const root = await preparedProject();
    const { exitCode, stdout, stderr } = await kaasctl({ cwd: root, isTTY: true }, "secrets", "kubeconfig", "one");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(parse(stdout)).toMatchObject({
      kind: "Config",
      clusters: [{ cluster: { server: "https://api.one.example.com:6443" } }],
    });
  });

  test("writes it for its owner alone, and again over what it wrote", async () => {
    const root = await preparedProject();
    for (let run = 0; run < 2; run++) {
      const outcome = await kaasctl({ cwd: root }, "secrets", "kubeconfig", "one", "--out", "one.kubeconfig");
      expect(outcome).toEqual({ exitCode: 0, stdout: "wrote one.kubeconfig\n", stderr: "" });
    }
    expect(statSync(join(root, "one.kubeconfig")).mode & 0o777).toBe(0o600);
  });

  test("leaves a file alone that is something else: a kubeconfig of other clusters", async () => {
    const root = await preparedProject();
    writeFile(join(root, "config"), "apiVersion: v1\nkind: Config\n");
    const { exitCode, stderr } = await kaasctl({ cwd: root }, "secrets", "kubeconfig", "one", "--out", "config");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("it was left as it is");
    expect(readFileSync(join(root, "config"), "utf8")).toBe("apiVersion: v1\nkind: Config\n");
  });

  test("says as JSON where it is", async () => {
    const root = await preparedProject();
    const argv = ["secrets", "kubeconfig", "one", "--out", "k", "--output", "json"];
    expect(parseJson(await kaasctl({ cwd: root }, ...argv))).toEqual({
      ok: true,
      cluster: "one",
      file: join(root, "k"),
    });
  });

  test("refuses one that has expired, by name", async () => {
    const root = await preparedProject();
    const { exitCode, stdout, stderr } = await kaasctl(
      { cwd: root, now: later("2028-02-01") },
      ...["secrets", "kubeconfig", "one"],
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("  admin\n    problem:  expired on 2027-11-21");
    expect(stderr).toContain("remedy:   kaasctl preconfigure one renews it");
  });
});

describe("secrets variables", () => {
  test("prints the var-file into a pipe", async () => {
    const root = await preparedProject();
    const { exitCode, stdout } = await kaasctl({ cwd: root }, "secrets", "variables", "one");
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual(terraformVariables(bundleOf(root)));
  });

  test.each([[[]], [["--output", "json"]]])("does not print it to a terminal (%j)", async (options) => {
    const root = await preparedProject();
    const outcome = await kaasctl({ cwd: root, isTTY: true }, "secrets", "variables", "one", ...options);
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stdout + outcome.stderr).toContain("give --out FILE, or redirect standard output");
    expect(outcome.stdout).not.toContain("PRIVATE KEY");
  });

  test("writes it for its owner alone, from a terminal too", async () => {
    const root = await preparedProject();
    const argv = ["secrets", "variables", "one", "--out", "one.tfvars.json"];
    for (let run = 0; run < 2; run++) expect((await kaasctl({ cwd: root, isTTY: true }, ...argv)).exitCode).toBe(0);
    expect(statSync(join(root, "one.tfvars.json")).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(join(root, "one.tfvars.json"), "utf8"))).toHaveProperty("cluster_ca.key");
  });

  test("never takes the place of the secrets themselves", async () => {
    const root = await preparedProject();
    const before = readFileSync(fileOf(root), "utf8");
    const argv = ["secrets", "variables", "one", "--out", "environments/one/secrets.json"];
    expect((await kaasctl({ cwd: root }, ...argv)).exitCode).toBe(2);
    expect(readFileSync(fileOf(root), "utf8")).toBe(before);
  });

  test("does not mind what no node is given: an administrator's certificate that has expired", async () => {
    const root = await preparedProject();
    const { exitCode } = await kaasctl({ cwd: root, now: later("2028-02-01") }, "secrets", "variables", "one");
    expect(exitCode).toBe(0);
  });

  test("refuses what does not fit bootstrap.yaml: Terraform would miss a member", async () => {
    const root = await preparedProject();
    writeFile(join(root, "environments/one/bootstrap.yaml"), openStackText("one").replace("count: 3", "count: 5"));
    const { exitCode, stderr } = await kaasctl({ cwd: root }, "secrets", "variables", "one");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("  etcdMembers.etcd-3.server\n    problem:  is missing");
  });
});

describe.each(["kubeconfig", "variables"])("secrets %s without secrets to hand on:", (verb) => {
  test("none were made yet", async () => {
    const root = tempProject({ one: openStackText("one") });
    const { exitCode, stderr } = await kaasctl({ cwd: root }, "secrets", verb, "one");
    expect(exitCode).toBe(2);
    expect(stderr).toBe("error: one has no secrets yet\nremedy: kaasctl preconfigure one\n");
  });

  test("the cluster is on EKS", async () => {
    const root = tempProject({ cloud: eksText("cloud") });
    const { exitCode, stderr } = await kaasctl({ cwd: root }, "secrets", verb, "cloud");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("cloud is a cluster on Amazon EKS, which has no secrets of its own");
  });

  test("they are cut short", async () => {
    const root = await preparedProject();
    writeFileSync(fileOf(root), readFileSync(fileOf(root), "utf8").slice(0, 3000));
    const { exitCode, stdout, stderr } = await kaasctl({ cwd: root }, "secrets", verb, "one");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("is no whole JSON");
    expect(stderr).not.toMatch(/BEGIN|M[A-Za-z0-9+/]{20}/);
  });

  test("the folder to write into is not there", async () => {
    const root = await preparedProject();
    const { exitCode, stderr } = await kaasctl({ cwd: root }, "secrets", verb, "one", "--out", "none/file");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("(ENOENT)");
    expect(existsSync(join(root, "none"))).toBe(false);
  });
});
