import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@jest/globals";
import { readBundle } from "../../src/pki/bundle-reader.js";
import { writeBundle } from "../../src/pki/bundle-writer.js";
import { formatBundle } from "../../src/pki/stored-bundle.js";
import { tempFolder } from "../cli/support/temp-project.js";
import { projectRoot } from "../support/project.js";
import { foreignBundle as newer, soundBundle as older } from "./support/bundles.js";

const url = (path: string) => JSON.stringify(pathToFileURL(join(projectRoot, path)).href);

/** Writes `newer` over what is there in a process of its own, which kills itself when it calls a function of the disk. */
function writeUntil(folder: string, call: string): void {
  const bundleFile = join(tempFolder(), "newer.json");
  writeFileSync(bundleFile, JSON.stringify(newer));
  const script = `
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    const { readBundle } = await import(${url("src/pki/bundle-reader.ts")});
    const { writeBundle } = await import(${url("src/pki/bundle-writer.ts")});
    const [folder, file] = process.argv.slice(-2);
    const { stored } = await readBundle(folder, undefined);
    const original = fs.${call};
    fs.${call} = (...args) => {
      // Half of the text, as when the machine stops in the middle.
      if (${JSON.stringify(call)} === "writeFileSync") original(args[0], args[1].slice(0, 3000));
      process.kill(process.pid, "SIGKILL");
    };
    syncBuiltinESMExports();
    await writeBundle(folder, JSON.parse(fs.readFileSync(file, "utf8")), { recipients: [], replacing: stored });
  `;
  const argv = ["--import", "tsx", "--input-type=module", "--eval", script, "--", folder, bundleFile];
  const { signal, stderr } = spawnSync(process.execPath, argv, {
    cwd: projectRoot,
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  expect({ signal, stderr }).toEqual({ signal: "SIGKILL", stderr: "" });
}

test.each(["openSync", "writeFileSync", "fsyncSync", "renameSync"])(
  "a run that is killed at %s leaves the old bundle whole, and the next one clears up after it",
  async (call) => {
    const folder = tempFolder();
    await writeBundle(folder, older, { recipients: [] });
    writeUntil(folder, call);
    const reading = await readBundle(folder, undefined);
    if (reading.kind !== "read") throw new Error(JSON.stringify(reading));
    expect(readFileSync(join(folder, "secrets.json"), "utf8")).toBe(formatBundle(older, []));
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);

    await writeBundle(folder, newer, { recipients: [], replacing: reading.stored });
    expect(readdirSync(folder)).toEqual(["secrets.json"]);
    expect(readFileSync(join(folder, "secrets.json"), "utf8")).toBe(formatBundle(newer, []));
  },
);
