import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../../support/project.js";
import { tempFolder } from "./temp-project.js";

const bin = join(projectRoot, "bin/kaasctl.js");

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs kaasctl in a process of its own. */
export async function start(cwd: string, argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const options = { cwd, env: { ...process.env, NODE_OPTIONS: "", ...env } };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [bin, ...argv], options);
    return { exitCode: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, stdout, stderr };
  }
}

/** The npm packages that a run loaded. V8's coverage lists every script, however it was imported. */
export async function packagesLoadedBy(
  cwd: string,
  argv: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<readonly string[]> {
  const folder = tempFolder();
  await start(cwd, argv, { NODE_V8_COVERAGE: folder, ...env });
  const urls = readdirSync(folder).flatMap((file) => {
    const { result } = JSON.parse(readFileSync(join(folder, file), "utf8")) as { result: { url: string }[] };
    return result.map(({ url }) => url);
  });
  const names = urls.flatMap(
    (url) => /.*\/node_modules\/(?<name>(@[^/]+\/)?[^/]+)\//.exec(url)?.groups?.["name"] ?? [],
  );
  const bindings = urls.some((url) => url.includes("/packages/provider-openstack/"))
    ? ["@cdktf/provider-openstack"]
    : [];
  return [...new Set([...names, ...bindings])].sort();
}
