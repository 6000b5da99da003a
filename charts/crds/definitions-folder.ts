import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../src/lib/user-error.js";
import type { DefinitionFile } from "./lock.js";

/** A file as it stands in a folder, found to be what the lock says. */
export interface VerifiedFile {
  readonly file: DefinitionFile;
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** Hexadecimal. */
export function sha256Of(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** What is wrong with a file's content; undefined: nothing. */
export function contentFault(file: Pick<DefinitionFile, "sha256">, content: Uint8Array): string | undefined {
  const actual = sha256Of(content);
  return actual === file.sha256 ? undefined : `has sha256 ${actual}, expected ${file.sha256}`;
}

/** The content of a file in a folder of definitions; undefined when it is not there. */
export async function readDefinition(folder: string, file: DefinitionFile): Promise<Buffer | undefined> {
  try {
    return await readFile(join(folder, file.path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Reads definitions from a folder, in the layout that `crds fetch` writes.
 *
 * @throws UserError naming every file that is missing or not what the lock says
 */
export async function verifiedDefinitions(
  folder: string,
  files: readonly DefinitionFile[],
): Promise<readonly VerifiedFile[]> {
  const faults: string[] = [];
  const verified: VerifiedFile[] = [];
  for (const file of files) {
    const path = join(folder, file.path);
    const content = await readDefinition(folder, file);
    const fault = content === undefined ? "is missing" : contentFault(file, content);
    if (fault !== undefined) faults.push(`${path} ${fault}`);
    else verified.push({ file, path, text: String(content) });
  }
  if (faults.length > 0) {
    throw new UserError(
      faults.join("\n"),
      "Fill the folder with `npm run crds -- fetch --to <folder>` where the internet can be reached, and copy it here.",
    );
  }
  return verified;
}
