import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { UserError } from "../../src/lib/user-error.js";
import { readBundle } from "../../src/pki/bundle-reader.js";
import { writeBundle } from "../../src/pki/bundle-writer.js";
import { formatBundle, type StoredBundle } from "../../src/pki/stored-bundle.js";
import { tempFolder } from "../cli/support/temp-project.js";
import { foreignBundle, secretsOf, soundBundle as bundle } from "./support/bundles.js";

const identity = await generateX25519Identity();
const recipient = await identityToRecipient(identity);
const otherIdentity = await generateX25519Identity();
const other = await identityToRecipient(otherIdentity);

let folder: string;
let identityFile: string;
let plain: string;
let encrypted: string;
beforeEach(() => {
  folder = tempFolder();
  plain = join(folder, "secrets.json");
  encrypted = join(folder, "secrets.json.age");
  identityFile = join(tempFolder(), "identity.txt");
  writeFileSync(identityFile, `# created: 2026-11-21\n# public key: ${recipient}\n${identity}\n`);
});

let umask: number;
beforeEach(() => {
  umask = process.umask(0o022);
});
afterEach(() => {
  process.umask(umask);
});

const modeOf = (file: string) => statSync(file).mode & 0o777;
const textOf = (file: string) => readFileSync(file, "utf8");

async function stored(identities = identityFile): Promise<StoredBundle> {
  const reading = await readBundle(folder, identities);
  if (reading.kind !== "read") throw new Error(JSON.stringify(reading));
  return reading.stored;
}

/** What is said of a file that is refused. */
async function problems(identities: string | undefined = identityFile): Promise<readonly (string | undefined)[]> {
  const reading = await readBundle(folder, identities);
  return reading.kind === "faulty" ? reading.diagnostics.map(({ problem }) => problem) : [reading.kind];
}

/** @returns the one problem */
async function problem(identities?: string): Promise<string> {
  const all = await problems(identities);
  expect(all).toHaveLength(1);
  return all[0] ?? "";
}

describe("a plain bundle", () => {
  test.each([0o000, 0o022, 0o277])("is its owner's alone, whatever the umask (%i)", async (mask) => {
    process.umask(mask);
    await writeBundle(folder, bundle, { recipients: [] });
    expect(modeOf(plain)).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["secrets.json"]);
  });

  test("is read as it was written", async () => {
    await writeBundle(folder, bundle, { recipients: [] });
    expect(await stored()).toMatchObject({ file: plain, encrypted: false, recipients: [], bundle });
  });

  test("is not written again when it is the same", async () => {
    await writeBundle(folder, bundle, { recipients: [] });
    const { mtimeNs, ino } = statSync(plain, { bigint: true });
    expect(await writeBundle(folder, bundle, { recipients: [], replacing: await stored() })).toMatchObject({
      written: false,
    });
    expect(statSync(plain, { bigint: true })).toMatchObject({ mtimeNs, ino });
  });

  test.each([0o640, 0o604, 0o620])("with mode %i is refused: others have rights to it", async (mode) => {
    await writeBundle(folder, bundle, { recipients: [] });
    chmodSync(plain, mode);
    const reading = await readBundle(folder, undefined);
    expect(reading).toMatchObject({ kind: "faulty", diagnostics: [{ remedy: expect.stringContaining("chmod 600") }] });
  });

  test("that is a link stays one", async () => {
    const elsewhere = join(tempFolder(), "kept.json");
    writeFileSync(elsewhere, formatBundle(foreignBundle, []), { mode: 0o600 });
    symlinkSync(elsewhere, plain);
    await writeBundle(folder, bundle, { recipients: [], replacing: await stored() });
    expect(textOf(elsewhere)).toBe(formatBundle(bundle, []));
    expect(readdirSync(folder, { withFileTypes: true })[0]?.isSymbolicLink()).toBe(true);
  });
});

describe("an encrypted bundle", () => {
  test("is armored, readable by each recipient and by no one else", async () => {
    await writeBundle(folder, bundle, { recipients: [recipient, other] });
    expect(textOf(encrypted)).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n[^]*-----END AGE ENCRYPTED FILE-----\n$/);
    expect(modeOf(encrypted)).toBe(0o600);
    expect(await stored()).toMatchObject({ encrypted: true, recipients: [recipient, other], bundle });
    writeFileSync(identityFile, otherIdentity);
    expect(await stored()).toMatchObject({ bundle });
    writeFileSync(identityFile, await generateX25519Identity());
    expect(await problem()).toContain("is encrypted to others than the identities");
  });

  test("holds nothing that can be read without an identity", async () => {
    await writeBundle(folder, bundle, { recipients: [recipient] });
    expect(await readBundle(folder, undefined)).toEqual({ kind: "locked", file: encrypted });
    for (const secret of secretsOf(bundle)) expect(textOf(encrypted)).not.toContain(secret);
  });

  test("is not encrypted again for the same recipients, in any order", async () => {
    await writeBundle(folder, bundle, { recipients: [recipient, other] });
    const before = textOf(encrypted);
    const again = { recipients: [other, recipient, other], replacing: await stored() };
    expect(await writeBundle(folder, bundle, again)).toMatchObject({ written: false });
    expect(textOf(encrypted)).toBe(before);
  });

  test("is encrypted again when the recipients change", async () => {
    await writeBundle(folder, bundle, { recipients: [recipient] });
    const written = await writeBundle(folder, bundle, { recipients: [other], replacing: await stored() });
    expect(written).toMatchObject({ written: true, recipients: [other] });
    expect(await problem()).toContain("is encrypted to others");
    writeFileSync(identityFile, otherIdentity);
    expect(await stored()).toMatchObject({ recipients: [other], bundle });
  });

  test.each([
    ["that is not there", undefined, "ENOENT"],
    ["without an identity", "# nothing\n", "holds something else than AGE-SECRET-KEY-1 lines"],
    ["with a line that is none", "AGE-SECRET-KEY-1XYZ\n", "holds something else than AGE-SECRET-KEY-1 lines"],
  ])("is not read by an identity file %s", async (_what, text, said) => {
    await writeBundle(folder, bundle, { recipients: [recipient] });
    const file = join(folder, "id.txt");
    if (text !== undefined) writeFileSync(file, text);
    const found = await problem(file);
    expect(found).toContain(said);
    expect(found).not.toContain("XYZ");
  });

  test("is not written to a recipient with a character changed", async () => {
    const last = recipient.endsWith("q") ? "p" : "q";
    const wrong = `${recipient.slice(0, -1)}${last}`;
    await expect(writeBundle(folder, bundle, { recipients: [wrong] })).rejects.toThrow("is no age recipient");
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("changing the form", () => {
  test("to encrypted removes the plain file when the other is whole", async () => {
    await writeBundle(folder, bundle, { recipients: [] });
    const written = await writeBundle(folder, bundle, { recipients: [recipient], replacing: await stored() });
    expect(written).toMatchObject({ file: encrypted, written: true, removed: plain });
    expect(readdirSync(folder)).toEqual(["secrets.json.age"]);
    expect(await stored()).toMatchObject({ bundle });
  });

  test("to plain removes the encrypted one", async () => {
    await writeBundle(folder, bundle, { recipients: [recipient] });
    await writeBundle(folder, bundle, { recipients: [], replacing: await stored() });
    expect(readdirSync(folder)).toEqual(["secrets.json"]);
    expect(textOf(plain)).toBe(formatBundle(bundle, []));
    expect(modeOf(plain)).toBe(0o600);
  });

  test("cut short leaves both, and then says which one to remove", async () => {
    await writeBundle(folder, bundle, { recipients: [recipient] });
    writeFileSync(plain, formatBundle(bundle, []), { mode: 0o600 });
    const reading = await readBundle(folder, identityFile);
    expect(reading).toMatchObject({
      kind: "faulty",
      diagnostics: [{ problem: expect.stringContaining("stands beside"), remedy: expect.stringContaining(plain) }],
    });
  });
});

describe("a broken file is named, without its content:", () => {
  const whole = formatBundle(bundle, []);
  const { admin: _gone, ...incomplete } = bundle;

  test.each<[string, string, readonly string[]]>([
    ["cut short", whole.slice(0, 2000), ["is no whole JSON: it was cut short or changed"]],
    ["empty", "", ["is no whole JSON: it was cut short or changed"]],
    ["not JSON from the start", bundle.admin.key, ["is no whole JSON: it was cut short or changed"]],
    ["without a field", JSON.stringify(incomplete), ["is missing or of another form"]],
    ["with a field more", JSON.stringify({ ...bundle, more: bundle.admin.key }), ["is unknown"]],
    [
      "with values of another form",
      JSON.stringify({ ...bundle, apiVersion: "kaas-secrets/v9", encryptionKey: "short", bootstrapToken: 7 }),
      ["is missing or of another form", "is missing or of another form", "is missing or of another form"],
    ],
  ])("%s", async (_what, text, said) => {
    writeFileSync(plain, text, { mode: 0o600 });
    const reading = await readBundle(folder, undefined);
    expect(reading).toMatchObject({ kind: "faulty", file: plain });
    expect(await problems()).toEqual(said);
    for (const secret of secretsOf(bundle)) expect(JSON.stringify(reading)).not.toContain(secret);
  });

  test.each([
    ["cut short", (text: string) => text.slice(0, text.length / 2)],
    ["changed inside", (text: string) => text.replace(/\n(.{10})(.{10})/, "\n$2$1")],
    ["without armor", () => "secret"],
  ])("an age file %s", async (_what, breakIt) => {
    await writeBundle(folder, bundle, { recipients: [recipient] });
    writeFileSync(encrypted, breakIt(textOf(encrypted)));
    expect(await problem()).toBe("is no whole age file: it was cut short or changed");
  });

  test("a folder in its place", async () => {
    mkdirSync(plain, { mode: 0o700 });
    expect(await problem()).toBe("cannot be read (EISDIR)");
  });
});

describe("nothing is lost when", () => {
  test("the folder cannot be written to", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "here");
    const writing = writeBundle(join(file, "folder"), bundle, { recipients: [] });
    await expect(writing).rejects.toThrow(UserError);
    await expect(writing).rejects.toThrow("cannot write");
    expect(textOf(file)).toBe("here");
  });

  test("something else than a file stands there", async () => {
    symlinkSync("/dev/null", plain);
    await expect(writeBundle(folder, bundle, { recipients: [], replacing: undefined })).rejects.toThrow(UserError);
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  test("another run wrote meanwhile", async () => {
    await writeBundle(folder, bundle, { recipients: [] });
    const before = await stored();
    await writeBundle(folder, foreignBundle, { recipients: [], replacing: before });
    const late = writeBundle(folder, { ...bundle, initialised: true }, { recipients: [], replacing: before });
    await expect(late).rejects.toThrow("changed while they were being renewed");
    expect(await stored()).toMatchObject({ bundle: foreignBundle });
  });

  test("two runs make the first bundle at once", async () => {
    await writeBundle(folder, bundle, { recipients: [] });
    await expect(writeBundle(folder, foreignBundle, { recipients: [] })).rejects.toThrow("changed while");
    await expect(writeBundle(folder, foreignBundle, { recipients: [recipient] })).rejects.toThrow("changed while");
    expect(await stored()).toMatchObject({ bundle });
    expect(existsSync(encrypted)).toBe(false);
  });
});
