import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError } from "./user-error.js";

/**
 * Lets `write` fill an empty folder beside `folder` and, once that went well, moves its files into `folder`: a failure
 * leaves `folder` as it was. What else stands there stays.
 *
 * @param folder absolute
 * @param remedy for the user, when nothing can be written there
 */
export async function fillFolder<T>(
  folder: string,
  remedy: string,
  write: (scratch: string) => T | Promise<T>,
): Promise<T> {
  const { scratch, firstMade } = makeFolderBeside(folder, remedy);
  try {
    const result = await write(scratch);
    moveFiles(scratch, folder);
    return result;
  } catch (error) {
    if (firstMade !== undefined) rmSync(firstMade, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

interface ScratchFolder {
  readonly scratch: string;
  /** The topmost folder that was not there before. */
  readonly firstMade: string | undefined;
}

function makeFolderBeside(folder: string, remedy: string): ScratchFolder {
  try {
    if (existsSync(folder) && !statSync(folder).isDirectory()) throw new Error("it is no folder");
    const parent = dirname(folder);
    const firstMade = mkdirSync(parent, { recursive: true });
    return { scratch: mkdtempSync(join(parent, `.${basename(folder)}-`)), firstMade };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`cannot write to ${folder}: ${reason}`, remedy);
  }
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
