import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { describe, expect, test } from "@jest/globals";
import type { SecretsBundle } from "../../src/pki/bundle.js";
import { secretsOf } from "../pki/support/bundles.js";
import { projectRoot } from "../support/project.js";
import { kaasctl, parseJson, type CliOutcome } from "./support/cli.js";
import { eksText, faultyText, openStackText, tempProject, writeFile } from "./support/temp-project.js";

const bin = join(projectRoot, "bin/kaasctl.js");
const fileOf = (root: string, name = "one") => join(root, "environments", name, "secrets.json");
const textOf = (root: string, name = "one") => readFileSync(fileOf(root, name), "utf8");
const bundleOf = (root: string, name = "one") => JSON.parse(textOf(root, name)) as SecretsBundle;
const project = (more = "") => tempProject({ one: openStackText("one", more) });
const day = (date: string) => () => new Date(`${date}T10:00:00Z`);

/** Every run of this file goes through here: none may show what it made. */
async function preconfigure(root: string, world: object = {}, ...argv: readonly string[]): Promise<CliOutcome> {
  const outcome = await kaasctl({ cwd: root, ...world }, "preconfigure", ...(argv.length === 0 ? ["one"] : argv));
  const file = fileOf(root);
  const text = existsSync(file) && statSync(file).isFile() ? readFileSync(file, "utf8") : "";
  if (text.trimEnd().endsWith("}")) {
    for (const secret of secretsOf(JSON.parse(text) as SecretsBundle)) {
      expect(outcome.stdout + outcome.stderr).not.toContain(secret);
    }
  }
  return outcome;
}

describe("preconfigure", () => {
  test("makes everything at first, into a file for its owner alone", async () => {
    const root = project();
    const { exitCode, stdout, stderr } = await preconfigure(root);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("one\nSECRET ");
    expect(stdout).toMatch(/^authorities\.cluster +made +2036-11-18$/m);
    expect(stdout).toMatch(/^etcdMembers\.etcd-2\.peer +made +2036-11-18$/m);
    expect(stdout).toMatch(/^admin +made +2027-11-21$/m);
    expect(stdout).toMatch(/^encryptionKey +made +-$/m);
    expect(stdout).toContain("\nwrote environments/one/secrets.json, for its owner alone (0600)\n");
    expect(statSync(fileOf(root)).mode & 0o777).toBe(0o600);
    expect(bundleOf(root)).toMatchObject({ cluster: "one", initialised: false });
  });

  test("remembers that the control plane has come up, once it is told so", async () => {
    const root = project();
    await preconfigure(root);
    await preconfigure(root, {}, "one", "--initialised");
    expect(bundleOf(root).initialised).toBe(true);
    await preconfigure(root);
    expect(bundleOf(root).initialised).toBe(true);
    const { stdout } = await kaasctl({ cwd: root }, "secrets", "variables", "one");
    expect(JSON.parse(stdout)).toMatchObject({ initialised: true });
  });

  test("changes nothing the second time", async () => {
    const root = project();
    await preconfigure(root);
    const before = textOf(root);
    const { exitCode, stdout } = await preconfigure(root, { now: day("2026-12-24") });
    expect(exitCode).toBe(0);
    expect(stdout).not.toMatch(/made|renewed|dropped/);
    expect(stdout).toContain("environments/one/secrets.json stays as it is");
    expect(textOf(root)).toBe(before);
  });

  test("renews what expired and keeps authorities", async () => {
    const root = project();
    await preconfigure(root);
    const before = bundleOf(root);
    const { stdout } = await preconfigure(root, { now: day("2028-02-01") });
    expect(stdout).toMatch(/^admin +renewed +2029-01-31 +it expired on 2027-11-21$/m);
    expect(bundleOf(root).authorities).toEqual(before.authorities);
    expect((await kaasctl({ cwd: root, now: day("2028-02-01") }, "validate")).exitCode).toBe(0);
  });

  test("makes the certificates of a member that is new", async () => {
    const root = project();
    await preconfigure(root);
    writeFile(join(root, "environments/one/bootstrap.yaml"), openStackText("one").replace("count: 3", "count: 5"));
    const { stdout } = await preconfigure(root);
    expect(stdout).toMatch(/^etcdMembers\.etcd-4\.server +made /m);
    expect(Object.keys(bundleOf(root).etcdMembers)).toHaveLength(5);
  });

  test("warns of authorities that end", async () => {
    const root = project();
    await preconfigure(root);
    const { exitCode, stdout } = await preconfigure(root, { now: day("2036-11-01") });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("warning: environments/one/secrets.json: authorities.etcd ends on 2036-11-18, in 17 days");
  });

  test("says as JSON what it did, and nothing secret", async () => {
    const root = project();
    const outcome = await preconfigure(root, {}, "one", "--output", "json");
    expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
    const document = parseJson(outcome);
    expect(document).toMatchObject({
      ok: true,
      environments: [{ environment: "one", file: fileOf(root), encrypted: false, recipients: [], written: true }],
      warnings: [],
    });
    const [{ secrets }] = document["environments"] as [{ secrets: unknown[] }];
    expect(secrets).toContainEqual({ secret: "admin", action: "made", expires: "2027-11-21T10:00:00.000Z" });
    const later = await preconfigure(root, { now: day("2036-11-01") }, "one", "--output", "json");
    expect(parseJson(later)["warnings"]).toContainEqual(
      expect.objectContaining({ file: fileOf(root), path: "authorities.auth" }),
    );
  });

  test("takes several environments", async () => {
    const root = tempProject({ one: openStackText("one"), two: openStackText("two") });
    await preconfigure(root, {}, "one", "two");
    expect(bundleOf(root, "two").authorities.cluster.key).not.toBe(bundleOf(root, "one").authorities.cluster.key);
  });

  test("has nothing to do for a cluster on EKS", async () => {
    const root = tempProject({ cloud: eksText("cloud") });
    const { exitCode, stdout } = await preconfigure(root, {}, "cloud");
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: "cloud\nnothing to make: Amazon runs the control plane\n",
    });
    expect(readdirSync(join(root, "environments/cloud"))).toEqual(["bootstrap.yaml"]);
  });
});

describe("preconfigure with recipients", () => {
  const withRecipients = (recipients: readonly string[]) =>
    openStackText("one", `pki: { ageRecipients: [${recipients.join()}] }\n`);

  test("encrypts to them and says to whom, also what was a plain file before", async () => {
    const root = project();
    await preconfigure(root);
    const identity = await generateX25519Identity();
    const recipient = await identityToRecipient(identity);
    writeFile(join(root, "environments/one/bootstrap.yaml"), withRecipients([recipient]));
    const { exitCode, stdout } = await preconfigure(root);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`wrote environments/one/secrets.json.age, encrypted to:\n  ${recipient}\n`);
    expect(stdout).toContain("removed environments/one/secrets.json");
    expect(readdirSync(join(root, "environments/one")).sort()).toEqual(["bootstrap.yaml", "secrets.json.age"]);

    writeFile(join(root, "id.txt"), `${identity}\n`);
    const again = await preconfigure(root, { env: { KAAS_AGE_IDENTITY_FILE: "id.txt" } });
    expect(again.stdout).toContain("secrets.json.age stays as it is");
  });

  test.each<[string, (root: string) => Record<string, string>, string]>([
    ["without an identity", () => ({}), "is encrypted, and KAAS_AGE_IDENTITY_FILE is not set"],
    ["with a wrong one", () => ({ KAAS_AGE_IDENTITY_FILE: "id.txt" }), "is encrypted to others than the identities"],
    [
      "with a file that is not there",
      () => ({ KAAS_AGE_IDENTITY_FILE: "/nowhere" }),
      "cannot be read: /nowhere: ENOENT",
    ],
  ])("changes nothing %s", async (_what, env, said) => {
    const recipient = await identityToRecipient(await generateX25519Identity());
    const root = tempProject({ one: withRecipients([recipient]) });
    await preconfigure(root);
    writeFile(join(root, "id.txt"), await generateX25519Identity());
    const file = join(root, "environments/one/secrets.json.age");
    const before = readFileSync(file, "utf8");
    const { exitCode, stdout, stderr } = await preconfigure(root, { env: env(root) });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(said);
    expect(readFileSync(file, "utf8")).toBe(before);
  });
});

describe("preconfigure writes nothing and ends with 2", () => {
  test("without a name: it makes keys, so it asks for whom", async () => {
    const root = project();
    const { exitCode, stderr } = await kaasctl({ cwd: root }, "preconfigure");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("error: name the environments to make secrets for\nremedy: those that exist: one;");
    expect(existsSync(fileOf(root))).toBe(false);
  });

  test("with a mistake in any bootstrap.yaml", async () => {
    const root = tempProject({ bad: faultyText("bad"), one: openStackText("one") });
    const { exitCode, stderr } = await preconfigure(root, {}, "one", "bad");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("error: 2 mistakes in 1 file; nothing was written");
    expect(existsSync(fileOf(root))).toBe(false);
  });

  test("with a damaged bundle of any of them", async () => {
    const root = tempProject({ one: openStackText("one"), two: openStackText("two") });
    await preconfigure(root, {}, "two");
    writeFileSync(fileOf(root, "two"), textOf(root, "two").slice(0, 5000));
    const { exitCode, stderr } = await preconfigure(root, {}, "one", "two");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("environments/two/secrets.json: 1 mistake");
    expect(existsSync(fileOf(root, "one"))).toBe(false);
  });

  const damages: readonly (readonly [string, (bundle: SecretsBundle, other: SecretsBundle) => object, string])[] = [
    [
      "an authority with the key of another",
      ({ authorities }, other) => ({
        authorities: { ...authorities, cluster: { ...authorities.cluster, key: other.authorities.cluster.key } },
      }),
      "authorities.cluster.key",
    ],
    ["a bundle of another cluster", (_bundle, other) => other, "cluster"],
  ];
  test.each(damages)("with %s", async (_what, change, place) => {
    const root = tempProject({ one: openStackText("one"), two: openStackText("two") });
    await preconfigure(root, {}, "one", "two");
    const broken = JSON.stringify({ ...bundleOf(root), ...change(bundleOf(root), bundleOf(root, "two")) });
    writeFileSync(fileOf(root), broken);
    const { exitCode, stdout, stderr } = await preconfigure(root);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(`\n  ${place}\n`);
    expect(stderr).toContain("nothing was written");
    expect(textOf(root)).toBe(broken);
  });

  test("with authorities that have expired", async () => {
    const root = project();
    await preconfigure(root);
    const before = textOf(root);
    const { exitCode, stderr } = await preconfigure(root, { now: day("2036-12-01") });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("authorities.etcd\n    problem:  expired on 2036-11-18");
    expect(textOf(root)).toBe(before);
  });

  test("with a file that others can read", async () => {
    const root = project();
    await preconfigure(root);
    chmodSync(fileOf(root), 0o644);
    const { exitCode, stderr } = await preconfigure(root);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`remedy:   chmod 600 ${fileOf(root)}`);
  });

  test("with a disk that is full in the middle", async () => {
    const root = project();
    await preconfigure(root);
    const before = textOf(root);
    writeFile(join(root, "environments/one/bootstrap.yaml"), openStackText("one").replace("count: 3", "count: 5"));
    // bash counts files in KiB: half of the bundle fits.
    const limited = ["-c", 'ulimit -f 8 && exec "$@"', "bash", process.execPath, bin, "preconfigure", "one"];
    const { status, stdout, stderr } = spawnSync("bash", limited, {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(`error: cannot write ${fileOf(root)} (EFBIG)`);
    expect(textOf(root)).toBe(before);
    expect(readdirSync(join(root, "environments/one")).sort()).toEqual(["bootstrap.yaml", "secrets.json"]);
  });

  test("with something else in the file's place", async () => {
    const root = project();
    mkdirSync(fileOf(root));
    const { exitCode, stderr } = await preconfigure(root);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("environments/one/secrets.json: 1 mistake");
    expect(readdirSync(fileOf(root))).toEqual([]);
  });
});

describe("the registry mirror's password", () => {
  const mirror = (password: string) =>
    `containerImages: { mirror: registry.example.org, mirrorAuth: { username: kaas, password: ${password} } }\n`;
  const expected = Buffer.from("kaas:se cret").toString("base64");

  test.each<[string, string, Record<string, string>]>([
    ["the environment", "{ env: MIRROR_PASSWORD }", { MIRROR_PASSWORD: "se cret" }],
    ["a file beside bootstrap.yaml, without its last newline", "{ file: mirror.txt }", {}],
  ])("is read from %s", async (_where, reference, env) => {
    const root = project(mirror(reference));
    writeFile(join(root, "environments/one/mirror.txt"), "se cret\n");
    const outcome = await preconfigure(root, { env });
    expect(outcome.exitCode).toBe(0);
    expect(outcome.stdout).not.toContain("se cret");
    expect(bundleOf(root).registryAuth).toBe(expected);
  });

  test.each<[string, string, Record<string, string>, string]>([
    ["a variable that is not set", "{ env: MIRROR_PASSWORD }", {}, "containerImages.mirrorAuth.password.env"],
    [
      "an empty variable",
      "{ env: MIRROR_PASSWORD }",
      { MIRROR_PASSWORD: "\n" },
      "containerImages.mirrorAuth.password.env",
    ],
    ["a file that is not there", "{ file: mirror.txt }", {}, "containerImages.mirrorAuth.password.file"],
    [
      "one that is too long for a node's user-data",
      "{ env: MIRROR_PASSWORD }",
      { MIRROR_PASSWORD: "x".repeat(1000) },
      "containerImages.mirrorAuth.password.env",
    ],
  ])("is missed with %s", async (_what, reference, env, place) => {
    const root = project(mirror(reference));
    const { exitCode, stderr } = await preconfigure(root, { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`environments/one/bootstrap.yaml: 1 mistake\n\n  ${place}\n`);
    expect(existsSync(fileOf(root))).toBe(false);
  });
});
