import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError } from "../../lib/user-error.js";

const STACKS = "stacks";
const MANIFEST = "manifest.json";

/**
 * Lets `write` fill an empty folder beside `outdir` and, once that went well, moves its files into `outdir`: a failure
 * leaves `outdir` as it was. The folder is a sibling, because stacks hold paths relative to their own place.
 *
 * Files of other stacks stay, and so does what Terraform keeps beside a stack (`.terraform`, its lock file).
 */
export async function fillOutputFolder<T>(outdir: string, write: (folder: string) => Promise<T>): Promise<T> {
  const { folder, firstMade } = makeFolderBeside(outdir);
  try {
    const result = await write(folder);
    mergeManifest(folder, outdir);
    moveFiles(folder, outdir);
    return result;
  } catch (error) {
    if (firstMade !== undefined) rmSync(firstMade, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface ScratchFolder {
  readonly folder: string;
  /** The topmost folder that was not there before. */
  readonly firstMade: string | undefined;
}

function makeFolderBeside(outdir: string): ScratchFolder {
  try {
    if (existsSync(outdir) && !statSync(outdir).isDirectory()) throw new Error("it is no folder");
    const parent = dirname(outdir);
    const firstMade = mkdirSync(parent, { recursive: true });
    return { folder: mkdtempSync(join(parent, `.${basename(outdir)}-`)), firstMade };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`cannot write to ${outdir}: ${reason}`, "name another folder with --out");
  }
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

function moveFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) moveFiles(source, target);
    else renameSync(source, target);
  }
}
