import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { runCommandLine } from "../../../charts/crds/command-line.js";
import { sha256Of } from "../../../charts/crds/definitions-folder.js";
import type { Lock } from "../../../charts/crds/lock.js";
import { UserError } from "../../../src/lib/user-error.js";
import { definitionText, sampleLock, sampleTexts, TemporaryFolder } from "./definition-samples.js";

let folder: TemporaryFolder;

beforeEach(() => {
  folder = new TemporaryFolder();
});

afterEach(() => {
  folder.remove();
});

interface Outcome {
  readonly said: readonly string[];
  readonly printed: string;
}

async function run(...args: readonly string[]): Promise<Outcome> {
  const said: string[] = [];
  let printed = "";
  await runCommandLine(args, {
    lock: sampleLock(),
    lockFile: join(folder.path, "lock.json"),
    generatedFolder: join(folder.path, "generated"),
    written: [{ group: "example.com", version: "v1", bundle: "samples", kinds: ["Widget"] }],
    cwd: folder.path,
    cacheFolder: folder.path,
    say: (line) => said.push(line),
    print: (text) => (printed += text),
  });
  return { said, printed };
}

describe("the command line of definitions", () => {
  it("prints its help, which names every command, as what was asked for", async () => {
    const { said, printed } = await run("--help");
    for (const command of ["fetch", "verify", "lock", "types"]) expect(printed).toContain(`-- ${command} `);
    expect(said).toEqual([]);
  });

  it.each([
    ["no command", [], "no command"],
    ["a command that is none", ["fetsh"], "there is no command fetsh"],
    ["an option that is none", ["fetch", "--form", "x"], "Unknown option '--form'"],
    ["an option without its value", ["fetch", "--to"], "argument missing"],
    ["more than one command", ["fetch", "verify"], "unexpected verify"],
  ])("fails on %s", async (_, args, message) => {
    const failure: unknown = await run(...args).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect((failure as UserError).message).toContain(message);
  });

  it("verifies the folder that is named, relative to where it is called, or else the cache", async () => {
    await expect(run("verify")).rejects.toThrow("widgets.yaml is missing");
    folder.fill();
    expect((await run("verify")).said).toEqual([`2 files of the lock are in ${folder.path}`]);
    await expect(run("verify", "--from", "elsewhere")).rejects.toThrow(
      `${folder.path}/elsewhere/samples/1.2.3/widgets`,
    );
  });

  it("locks a folder's files as they are", async () => {
    folder.fill();
    const text = definitionText("gears", "Gear");
    folder.write("widgets.yaml", text);
    await run("lock", "--from", ".");
    const written = readFileSync(join(folder.path, "lock.json"), "utf8");
    const { samples } = JSON.parse(written) as Lock;
    expect(samples).toEqual({
      ...sampleLock()["samples"],
      files: {
        ...sampleLock()["samples"]?.files,
        "widgets.yaml": { sha256: sha256Of(text), definition: "gears.example.com" },
      },
    });
    expect(written.endsWith("}\n")).toBe(true);
  });

  it("locks no file that holds two definitions, or none", async () => {
    folder.fill();
    folder.write("widgets.yaml", `${String(sampleTexts["widgets.yaml"])}${definitionText("gears", "Gear")}`);
    await expect(run("lock", "--from", ".")).rejects.toThrow("widgets.yaml does not hold one definition");
    folder.write("widgets.yaml", "kind: Widget\n");
    await expect(run("lock", "--from", ".")).rejects.toThrow("widgets.yaml does not hold one definition");
    expect(existsSync(join(folder.path, "lock.json"))).toBe(false);
  });

  it("writes the types of a folder's definitions, once", async () => {
    folder.fill();
    const file = join(folder.path, "generated/example.com.ts");
    await expect(run("types", "--check")).rejects.toThrow("example.com.ts is not as the definitions give it");
    expect(existsSync(file)).toBe(false);
    expect((await run("types")).said).toEqual(["wrote example.com.ts"]);
    expect(readFileSync(file, "utf8")).toBe(
      [
        "// Generated from the definitions of samples 1.2.3 by `npm run crds -- types`: not to be edited.",
        "",
        "export interface WidgetProps {",
        "  readonly spec?: WidgetSpec;",
        "}",
        "",
        "export interface WidgetSpec {",
        "  readonly size?: number;",
        "}",
        "",
      ].join("\n"),
    );
    expect((await run("types")).said).toEqual([]);
    await run("types", "--check");
  });

  it("finds a file of types that no group has any more", async () => {
    folder.fill();
    await run("types");
    mkdirSync(join(folder.path, "generated"), { recursive: true });
    writeFileSync(join(folder.path, "generated/gone.example.com.ts"), "");
    await expect(run("types", "--check")).rejects.toThrow("gone.example.com.ts is not as the definitions give it");
    expect((await run("types")).said).toEqual(["removed gone.example.com.ts"]);
    expect(existsSync(join(folder.path, "generated/gone.example.com.ts"))).toBe(false);
  });
});
