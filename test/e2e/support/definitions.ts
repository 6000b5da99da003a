import { copyFileSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sha256Of, verifiedDefinitions } from "../../../charts/crds/definitions-folder.js";
import {
  allDefinitionFiles,
  definitionFiles,
  definitionsLock,
  type BundleName,
  type DefinitionFile,
} from "../../../charts/crds/lock.js";
import { definitionModules } from "./definition-modules.js";
import { runCommand } from "./process.js";

const cache =
  process.env["KAAS_E2E_CACHE"] ?? join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "kaas-e2e");

/** A folder that belongs to one state of the lock. */
export const definitionsCache = join(cache, "definitions", sha256Of(JSON.stringify(definitionsLock)).slice(0, 12));

/**
 * A folder with every definition of the lock, verified, in the layout of `crds fetch`: `<bundle>/<version>/<file>`. Of the Go
 * modules that hold the files, for the tests reach no other place; filled once.
 */
export async function definitionsFolder(): Promise<string> {
  for (const bundle of Object.keys(definitionsLock) as BundleName[]) await fillBundle(bundle);
  await verifiedDefinitions(definitionsCache, allDefinitionFiles());
  return definitionsCache;
}

async function fillBundle(bundle: BundleName): Promise<void> {
  const missing = definitionFiles(definitionsLock, [bundle]).filter(
    ({ path }) => !existsSync(join(definitionsCache, path)),
  );
  if (missing.length === 0) return;
  const folders = await moduleFolders(bundle);
  for (const file of missing) copyDefinition(file, folders);
}

function copyDefinition({ name, path }: DefinitionFile, folders: readonly string[]): void {
  const source = folders.map((folder) => join(folder, name)).find(existsSync);
  if (source === undefined) throw new Error(`${name} is in none of ${folders.join(", ")}`);
  const target = join(definitionsCache, path);
  mkdirSync(dirname(target), { recursive: true });
  // Two suites may fill the folder at once.
  const part = `${target}.${process.pid}`;
  copyFileSync(source, part);
  renameSync(part, target);
}

async function moduleFolders(bundle: BundleName): Promise<readonly string[]> {
  const { path, version, folders } = definitionModules[bundle];
  const module = `${path}@${version.replace("{version}", definitionsLock[bundle].version)}`;
  const answer = await runCommand(`go mod download ${module}`, "go", ["mod", "download", "-json", module], {
    cwd: tmpdir(),
    environment: { GOFLAGS: "-mod=mod", GOWORK: "off" },
  });
  const { Dir: root } = JSON.parse(answer) as { readonly Dir: string };
  return folders.map((folder) => join(root, folder));
}
