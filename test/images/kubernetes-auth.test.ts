import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { DatabaseSync } from "@photostructure/sqlite";
import { writeContext } from "../../images/kubernetes-auth/context.js";
import packageJson from "../../package.json" with { type: "json" };
import { UserError } from "../../src/lib/user-error.js";

const ROOT = resolve(import.meta.dirname, "../..");
const MADE = new Date("2026-11-21T12:00:00Z");

interface Component {
  readonly type: string;
  readonly group?: string;
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly licenses?: readonly unknown[];
  readonly "bom-ref": string;
}
interface Sbom {
  readonly serialNumber: string;
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

let folder: string;
let context: string;
let sbomText: string;
let sbom: Sbom;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kaas-image-"));
  context = join(folder, "context");
  await write(context, { nodeVersion: "24.1.2" });
  sbomText = readFileSync(join(context, "sbom.cdx.json"), "utf8");
  sbom = JSON.parse(sbomText) as Sbom;
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const write = (to: string, props: { readonly nodeVersion?: string } = {}) =>
  writeContext({ root: ROOT, folder: to, version: "1.2.3", made: MADE, ...props });

/** Path, mode, time and hash of everything below a folder. */
function listing(of: string): readonly string[] {
  const paths = readdirSync(of, { recursive: true, encoding: "utf8" }).sort();
  return ["", ...paths].map((path) => {
    const { mode, mtimeMs } = statSync(join(of, path));
    const isFolder = statSync(join(of, path)).isDirectory();
    const hash = isFolder
      ? ""
      : createHash("sha256")
          .update(readFileSync(join(of, path)))
          .digest("hex");
    return [path, mode.toString(8), mtimeMs, hash].join(" ");
  });
}

/** The bundle's own files. */
function bundled(): readonly string[] {
  const app = join(context, "root/app");
  const names = readdirSync(app).filter((name) => name.endsWith(".js"));
  return names.map((name) => readFileSync(join(app, name), "utf8"));
}

/** Those of node_modules whose code is in the image, as esbuild's comments and the files tell. */
function packagesInImage(): readonly string[] {
  const told = bundled().flatMap((text) => [...text.matchAll(/^ *\/\/ (node_modules\/\S+)$/gm)]);
  const names = told.map(([, path = ""]) => /^(?:.*node_modules\/)((?:@[^/]+\/)?[^/]+)/.exec(path)?.[0] ?? "");
  const beside = ["node_modules/@photostructure/sqlite", "node_modules/node-gyp-build"];
  return [...new Set([...names, ...beside])].sort();
}

test("the same sources give the same bytes, modes and times", async () => {
  const before = process.umask(0o077);
  try {
    await write(join(folder, "again"), { nodeVersion: "24.1.2" });
  } finally {
    process.umask(before);
  }
  expect(listing(join(folder, "again"))).toEqual(listing(context));
  expect(new Set(listing(context).map((line) => line.split(" ")[2]))).toEqual(new Set([`${MADE.getTime()}`]));
});

test("nothing tells of the machine that it was made on", () => {
  const texts = readdirSync(context, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".node"))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
  expect(texts.length).toBeGreaterThan(10);
  for (const text of texts) expect(text.includes(ROOT)).toBe(false);
});

test("every file that the bundle looks for beside itself is there", () => {
  const lines = bundled().flatMap((text) => text.split("\n"));
  const banner = "createRequire(import.meta.url)";
  const uses = lines.filter((line) => line.includes("import.meta.") && !line.includes(banner));
  const later = lines.filter((line) => /\bimport\("\./.test(line));
  const beside =
    /new URL\("(\.\/[^"]+)", import\.meta\.url\)|\(import\.meta\.dirname, "([^"]+)"\)|import\("(\.\/[^"]+)"\)/;
  const found = [...uses, ...later].map((line) => {
    const path = beside.exec(line)?.slice(1).join("");
    return [line.trim(), path !== undefined && existsSync(join(context, "root/app", path))];
  });
  expect(found.filter(([, isThere]) => isThere !== true)).toEqual([]);
  expect(found.length).toBeGreaterThan(0);
});

test("the list is CycloneDX 1.6, to the letter of its schema", async () => {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  expect(await validator.validate(sbomText)).toBeNull();
  expect(await validator.validate(sbomText.replace('"library"', '"shelf"'))).not.toBeNull();
});

test("the list names every package whose code is in the image, and no other", () => {
  const expected = packagesInImage().map((path) => {
    const manifest = JSON.parse(readFileSync(join(ROOT, path, "package.json"), "utf8")) as typeof packageJson;
    return `pkg:npm/${manifest.name.replace("@", "%40")}@${manifest.version}`;
  });
  const npm = sbom.components.filter(({ purl = "" }) => purl.startsWith("pkg:npm/"));
  expect(npm.map(({ purl }) => purl).sort()).toEqual([...expected].sort());
  expect(npm.map(({ name }) => name)).toEqual(expect.arrayContaining(["fastify", "pg", "ldapts", "zod", "sqlite"]));
  for (const { name, licenses } of sbom.components) expect([name, licenses?.length]).toEqual([name, 1]);
});

test("the list tells which package needs which", () => {
  const needs = new Map(sbom.dependencies.map(({ ref, dependsOn = [] }) => [ref, dependsOn]));
  expect(needs.get("kubernetes-auth")).toEqual(expect.arrayContaining(["fastify", "node", "@photostructure/sqlite"]));
  expect(needs.get("kubernetes-auth")).not.toContain("find-my-way");
  expect(needs.get("fastify")).toContain("find-my-way");
  expect(needs.get("@photostructure/sqlite")).toEqual(["node-gyp-build", "sqlite"]);
  const reached = new Set<string>();
  const follow = (ref: string) => {
    if (reached.has(ref)) return;
    reached.add(ref);
    for (const next of needs.get(ref) ?? []) follow(next);
  };
  follow("kubernetes-auth");
  expect(sbom.components.map((component) => component["bom-ref"]).filter((ref) => !reached.has(ref))).toEqual([]);
});

test("the list has the SQLite that is compiled in, and the Node of the base", async () => {
  const component = (ref: string) => sbom.components.find((each) => each["bom-ref"] === ref);
  const row: unknown = new DatabaseSync(":memory:").prepare("SELECT sqlite_version() AS version").get();
  expect(component("sqlite")?.version).toBe((row as { readonly version: string }).version);
  expect(component("node")).toMatchObject({ type: "platform", version: "24.1.2", purl: "pkg:generic/node@24.1.2" });

  await write(join(folder, "unknown"));
  const other = JSON.parse(readFileSync(join(folder, "unknown/sbom.cdx.json"), "utf8")) as Sbom;
  const node = other.components.find(({ name }) => name === "node");
  expect([node?.version, node?.purl]).toEqual([undefined, undefined]);
  expect(other.serialNumber).not.toBe(sbom.serialNumber);
  expect(sbom.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("the licence of every package goes with its code", () => {
  const text = readFileSync(join(context, "root/usr/share/doc/kubernetes-auth/third-party-licences.txt"), "utf8");
  for (const path of packagesInImage()) {
    const manifest = JSON.parse(readFileSync(join(ROOT, path, "package.json"), "utf8")) as typeof packageJson;
    const heading = `\n${manifest.name} ${manifest.version} (`;
    const part = text.split(heading)[1]?.split("\n---")[1] ?? "";
    expect([heading, /licen[cs]e|permission|redistribution/i.test(part)]).toEqual([heading, true]);
  }
});

test("each processor gets a SQLite that is compiled for it", () => {
  // e_machine of an ELF header. Source: refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
  for (const [architecture, machine] of [["amd64", 62] as const, ["arm64", 183] as const]) {
    const native = join(context, "native", architecture);
    const files = readdirSync(native, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".node"));
    const machines = files.map((path) => readFileSync(join(native, path)).readUInt16LE(18));
    expect(machines).toEqual([machine]);
  }
});

test("the bundle starts alone, and has what it needs for every store", () => {
  const image = join(folder, "image");
  cpSync(join(context, "root"), image, { recursive: true });
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(image, "app/main.js"), ...args], {
      encoding: "utf8",
      env: { DATABASE: "postgres://nobody@127.0.0.1:1/none", XDG_DATA_HOME: folder },
      timeout: 30_000,
    });
  expect(run("-version").stderr).toContain("No native build was found");
  cpSync(join(context, "native", process.arch === "x64" ? "amd64" : "arm64"), image, { recursive: true });
  expect(run("-version")).toMatchObject({ stdout: `${packageJson.version}\n`, stderr: "", status: 0 });

  const config = join(folder, "config.yaml");
  writeFileSync(config, "listen: 127.0.0.1:0\nstore: {type: postgres, url: {env: DATABASE}}\n");
  const unreachable = run("-config-file", config);
  expect(unreachable.stderr).toContain("ECONNREFUSED");
  expect(unreachable.status).toBe(1);
});

test("fails when the folder holds something else", async () => {
  const home = join(folder, "home");
  mkdirSync(home);
  writeFileSync(join(home, "letter"), "kept");
  await expect(write(home)).rejects.toThrow(UserError);
  expect(readdirSync(home)).toEqual(["letter"]);
});

test("without an engine, the contents are there and the build has failed", () => {
  const output = join(folder, "no-engine");
  const main = join(ROOT, "images/kubernetes-auth/main.ts");
  const args = ["--import", "tsx", main, "build", `--output=${output}`, "--base=example.com/base:1"];
  const result = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: "utf8",
    env: { PATH: join(folder, "nowhere"), SOURCE_DATE_EPOCH: "1" },
  });
  expect(result.status).toBe(2);
  expect(result.stderr).toContain("no image was built: none of buildah, podman, docker answers");
  expect(statSync(join(output, "Containerfile")).mtimeMs).toBe(1000);
});
