import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError } from "../lib/user-error.js";

const OWNER_ONLY = 0o600;

/**
 * Writes a file that its owner alone can read, whole or not at all: whatever ends the process or the machine, the file is
 * what it was or what it was to become. A symbolic link keeps leading where it led.
 *
 * @throws UserError when the folder or the disk does not take it; the file is what it was then
 */
export function writeAtomically(file: string, text: string): void {
  const target = whereItLeads(file);
  const temporary = join(dirname(target), `${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    refuseSpecialFile(target, file);
    removeLeftovers(target);
    try {
      writeDurably(temporary, text);
      renameSync(temporary, target);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    syncFolder(dirname(target));
  } catch (error) {
    throw asUserError(`cannot write ${file}`, error);
  }
}

/** @throws UserError when it is there and cannot be removed */
export function removeFile(file: string): void {
  const target = whereItLeads(file);
  try {
    rmSync(target, { force: true });
    rmSync(file, { force: true });
    syncFolder(dirname(target));
  } catch (error) {
    throw asUserError(`cannot remove ${file}`, error);
  }
}

/** What the file system refuses is the user's to mend, and what it says names no content. */
function asUserError(message: string, error: unknown): unknown {
  const code = codeOf(error);
  return code === undefined
    ? error
    : new UserError(
        `${message} (${code})`,
        "check that the folder is there, that you may write to it and its disk's space",
      );
}

/** The code of the file system's errors: `EACCES`. */
export function codeOf(error: unknown): string | undefined {
  const isSystemError = typeof error === "object" && error !== null && "syscall" in error && "code" in error;
  return isSystemError ? String(error.code) : undefined;
}

function whereItLeads(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    // It is not there yet; what else may be wrong is told when it is written.
    return file;
  }
}

/** Taking the place of /dev/null would be a surprise to all. */
function refuseSpecialFile(target: string, file: string): void {
  const there = lstatSync(target, { throwIfNoEntry: false });
  if (there !== undefined && !there.isFile()) throw new UserError(`${file} is no file`, "name a file, or a new one");
}

function writeDurably(file: string, text: string): void {
  const handle = openSync(file, "wx", OWNER_ONLY);
  try {
    // The process's umask may have taken more.
    fchmodSync(handle, OWNER_ONLY);
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Of runs that were killed: they hold what the file holds. */
function removeLeftovers(target: string): void {
  const prefix = `${basename(target)}.`;
  for (const name of readdirSync(dirname(target))) {
    if (name.startsWith(prefix) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(prefix.length))) {
      rmSync(join(dirname(target), name), { force: true });
    }
  }
}

/** The new name is on the disk only when its folder is. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } catch (error) {
    // Some network file systems know no such thing.
    if (codeOf(error) !== "EINVAL") throw error;
  } finally {
    closeSync(handle);
  }
}
