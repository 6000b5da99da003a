import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { describe, expect, test } from "@jest/globals";
import { kaasctl, parseJson } from "./support/cli.js";
import type { SecretsBundle } from "../../src/pki/bundle.js";
import { secretsOf } from "../pki/support/bundles.js";
import { eksText, faultyText, openStackText, tempProject, writeFile } from "./support/temp-project.js";

const soundOne = `ok  environments/one/bootstrap.yaml
    cluster   one: Kubernetes 1.36.3 on OpenStack, development profile
    nodes     3 etcd, 3 controllers, 3 workers
    networks  nodes 10.0.0.0/22, pods 10.2.0.0/16, services 10.3.0.0/16
    API       https://api.one.example.com:6443
    ingress   *.one.example.com
`;

const faultyReport = `environments/bad/bootstrap.yaml: 2 mistakes

  5:9  etcd.count
    found:    "three"
    expected: a whole number from 0 to 9 (etcd members)
    remedy:   choose a number in that range

  6:17  controlPlane.count
    found:    100
    expected: a whole number from 0 to 9 (controllers)
    remedy:   choose a number in that range
`;

describe("validate", () => {
  test("sums a sound file up", async () => {
    const root = tempProject({ one: openStackText("one") });
    expect(await kaasctl({ cwd: root }, "validate", "one")).toEqual({ exitCode: 0, stdout: soundOne, stderr: "" });
  });

  test("prints the report of a faulty one and nothing else", async () => {
    const root = tempProject({ bad: faultyText("bad") });
    expect(await kaasctl({ cwd: root }, "validate")).toEqual({ exitCode: 2, stdout: faultyReport, stderr: "" });
  });

  test("tells sound from faulty among several", async () => {
    const root = tempProject({ bad: faultyText("bad"), one: openStackText("one") });
    const { exitCode, stdout } = await kaasctl({ cwd: root }, "validate");
    expect(exitCode).toBe(2);
    expect(stdout).toBe(`${soundOne}\n${faultyReport}\n2 mistakes in 1 file; 1 file is sound\n`);
  });

  test("tells the mistakes of what Terraform gave out, beside a sound file", async () => {
    const root = tempProject({ one: openStackText("one") });
    writeFile(join(root, "environments/one/outputs.json"), JSON.stringify({ one: { ingress_address: 7 } }));
    const { exitCode, stdout } = await kaasctl({ cwd: root }, "validate");
    expect(exitCode).toBe(2);
    expect(stdout).toContain("environments/one/outputs.json: 1 mistake");
    expect(stdout).toContain("one.ingress_address");
  });

  test.each(["environments/one/bootstrap.yaml", "environments/one", "./environments/one/", "one"])(
    "takes %s for the same environment",
    async (name) => {
      const root = tempProject({ one: openStackText("one") });
      expect((await kaasctl({ cwd: root }, "validate", name)).stdout).toBe(soundOne);
    },
  );

  test("takes a path relative to the working directory, outside any project too", async () => {
    const root = tempProject({ one: openStackText("one") });
    const outcome = await kaasctl({ cwd: "/" }, "validate", join(root, "environments/one").slice(1));
    expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("checks a cluster on EKS", async () => {
    const root = tempProject({ cloud: eksText("cloud") });
    const { exitCode, stdout } = await kaasctl({ cwd: root }, "validate");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("on Amazon EKS");
    expect(stdout).toContain("networks  vpc 10.0.0.0/16, services 172.20.0.0/16");
    expect(stdout).toContain("nodes     3 workers");
  });

  test("gives sound and faulty files as JSON", async () => {
    const root = tempProject({ bad: faultyText("bad"), one: openStackText("one") });
    const outcome = await kaasctl({ cwd: root }, "validate", "--output", "json");
    expect(outcome).toMatchObject({ exitCode: 2, stderr: "" });
    expect(parseJson(outcome)).toMatchObject({
      ok: false,
      error: { message: "2 mistakes in 1 file" },
      environments: [{ file: join(root, "environments/one/bootstrap.yaml"), cluster: "one", provider: "openstack" }],
      diagnostics: [
        { file: join(root, "environments/bad/bootstrap.yaml"), path: "etcd.count" },
        { path: "controlPlane.count" },
      ],
    });
  });

  test("names the nearest environment for a misspelt one", async () => {
    const root = tempProject({ one: openStackText("one") });
    const { exitCode, stdout, stderr } = await kaasctl({ cwd: root }, "validate", "oen");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^error: there is no environment oen\nremedy: did you mean one\?/);
  });
});

describe("validate of a cluster that has secrets", () => {
  const fileOf = (root: string) => join(root, "environments/one/secrets.json");
  const prepared = async (more = "") => {
    const root = tempProject({ one: openStackText("one", more) });
    await kaasctl({ cwd: root }, "preconfigure", "one");
    return root;
  };
  const on = (date: string) => () => new Date(`${date}T10:00:00Z`);

  test("finds them valid", async () => {
    const root = await prepared();
    const outcome = await kaasctl({ cwd: root }, "validate");
    expect(outcome).toEqual({ exitCode: 0, stdout: `${soundOne}    secrets   valid\n`, stderr: "" });
    const document = parseJson(await kaasctl({ cwd: root }, "validate", "--output", "json"));
    expect(document).toMatchObject({ ok: true, environments: [{ secrets: "sound" }], diagnostics: [], warnings: [] });
  });

  test("names a certificate that has expired, since when, and what renews it", async () => {
    const root = await prepared();
    const world = { cwd: root, now: on("2028-02-01") };
    const { exitCode, stdout, stderr } = await kaasctl(world, "validate");
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: "" });
    expect(stdout).toContain(`    secrets   faulty: see below

environments/one/secrets.json: 2 mistakes

  authServer
    problem:  expired on 2027-11-21
    expected: a certificate that is valid
    remedy:   kaasctl preconfigure one renews it
`);
    expect(stdout).toContain("2 mistakes in 1 file; 1 file is sound\n");
    expect(parseJson(await kaasctl(world, "validate", "--output", "json"))).toMatchObject({
      ok: false,
      environments: [{ secrets: "faulty" }],
      diagnostics: [
        { file: fileOf(root), path: "authServer", problem: "expired on 2027-11-21" },
        { file: fileOf(root), path: "admin" },
      ],
    });
  });

  test("warns of what ends soon, and ends with 0", async () => {
    const root = await prepared();
    const world = { cwd: root, now: on("2027-11-01") };
    const { exitCode, stdout } = await kaasctl(world, "validate");
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      "warning: environments/one/secrets.json: admin ends on 2027-11-21, in 20 days\n" +
        "remedy: kaasctl preconfigure one renews it\n",
    );
    expect(parseJson(await kaasctl(world, "validate", "--output", "json"))).toMatchObject({
      ok: true,
      warnings: [{ path: "authServer" }, { file: fileOf(root), path: "admin" }],
    });
  });

  test("reports a damaged one beside the mistakes of bootstrap.yaml files, and shows nothing of it", async () => {
    const root = tempProject({ bad: faultyText("bad"), one: openStackText("one") });
    await kaasctl({ cwd: root }, "preconfigure", "one");
    const bundle = JSON.parse(readFileSync(fileOf(root), "utf8")) as SecretsBundle;
    writeFileSync(fileOf(root), JSON.stringify({ ...bundle, admin: { ...bundle.admin, key: bundle.etcdClient.key } }));
    for (const options of [[], ["--output", "json"]]) {
      const { exitCode, stdout, stderr } = await kaasctl({ cwd: root }, "validate", ...options);
      expect(exitCode).toBe(2);
      expect(stdout).toContain("3 mistakes in 2 files");
      expect(stdout).toContain("is the key of another certificate");
      for (const secret of secretsOf(bundle)) expect(stdout + stderr).not.toContain(secret);
    }
  });

  test("reports one that others can read, and checks the rest all the same", async () => {
    const root = await prepared();
    chmodSync(fileOf(root), 0o644);
    const { exitCode, stdout } = await kaasctl({ cwd: root }, "validate");
    expect(exitCode).toBe(2);
    expect(stdout).toContain("ok  environments/one/bootstrap.yaml");
    expect(stdout).toContain(`remedy:   chmod 600 ${fileOf(root)}`);
  });

  test("says of an encrypted one that it was not checked, without an identity", async () => {
    const identity = await generateX25519Identity();
    const root = await prepared(`pki: { ageRecipients: [${await identityToRecipient(identity)}] }\n`);
    const { exitCode, stdout } = await kaasctl({ cwd: root }, "validate");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("    secrets   not checked: see below\n");
    expect(stdout).toContain("secrets.json.age: is encrypted: its certificates were not checked\n");
    writeFile(join(root, "id.txt"), identity);
    const checked = await kaasctl({ cwd: root, env: { KAAS_AGE_IDENTITY_FILE: "id.txt" } }, "validate");
    expect(checked).toMatchObject({ exitCode: 0 });
    expect(checked.stdout).toContain("    secrets   valid\n");
  });
});
