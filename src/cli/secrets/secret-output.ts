import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../../lib/user-error.js";

/** A text with secrets, to be written into a file. */
export interface SecretOutput {
  readonly text: string;
  /** Whether a file with this text is one that the command wrote before: only such a one is replaced. */
  readonly isEarlier: (text: string) => boolean;
}

/**
 * Writes it for its owner alone.
 *
 * @returns the file, absolute
 * @throws UserError when something else stands there, or the folder does not take it
 */
export async function writeSecretOutput(out: string, cwd: string, { text, isEarlier }: SecretOutput): Promise<string> {
  const file = resolve(cwd, out);
  if (existsSync(file) && statSync(file).isFile() && !isEarlier(readFileSync(file, "utf8"))) {
    throw new UserError(
      `${out} is there and is something else than this command writes; it was left as it is`,
      "name a new file, or remove that one",
    );
  }
  const { writeAtomically } = await import("../../pki/atomic-file.js");
  writeAtomically(file, text);
  return file;
}
