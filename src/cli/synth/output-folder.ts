import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fillFolder } from "../../lib/filled-folder.js";

const STACKS = "stacks";
const MANIFEST = "manifest.json";

/**
 * {@link fillFolder} with stacks. They are written to a sibling of `outdir` first, because they hold paths relative to their
 * own place. Files of other stacks stay, and so does what Terraform keeps beside a stack (`.terraform`, its lock file).
 */
export async function fillOutputFolder<T>(outdir: string, write: (folder: string) => Promise<T>): Promise<T> {
  return fillFolder(outdir, "name another folder with --out", async (folder) => {
    const result = await write(folder);
    mergeManifest(folder, outdir);
    return result;
  });
}

/** Stacks that stand in `outdir`, by name. */
export function stacksIn(outdir: string): readonly string[] {
  const folder = join(outdir, STACKS);
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

interface Manifest {
  readonly version: string;
  readonly stacks: Readonly<Record<string, unknown>>;
}

/** cdktf's list of stacks names those of one run only; the folder may hold more. */
function mergeManifest(folder: string, outdir: string): void {
  const written = readManifest(join(folder, MANIFEST));
  const former = readManifest(join(outdir, MANIFEST));
  if (written === undefined || former === undefined) return;
  if (Object.keys(former.stacks).every((name) => name in written.stacks)) return;
  const stacks = { ...former.stacks, ...written.stacks };
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify({ stacks, version: written.version }, null, 2)}\n`);
}

function readManifest(file: string): Manifest | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Manifest) : undefined;
}
