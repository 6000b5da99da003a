import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../../lib/user-error.js";
import type { ArgumentSpecs, CommandResult, OptionSpecs } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import { shownPath } from "../shown-path.js";

/** What a command takes that prints a cluster's secrets or writes them into a file. */
export const secretOutputInput = {
  arguments: {
    environment: { kind: "required", description: "environment by name", complete: "environments" },
  },
  options: {
    out: {
      value: "file",
      description: "file to write, for its owner alone (0600)",
      defaultText: "standard output",
      complete: "files",
    },
  },
} as const satisfies { readonly arguments: ArgumentSpecs; readonly options: OptionSpecs };

/** The fields of such a command's JSON. @param secrets the field that holds them, and what they are */
export function secretOutputFields(secrets: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { cluster: "its name", ...secrets, file: "with `--out`: the file, absolute" };
}

/** A cluster's secrets, to be printed or written into a file. */
export interface SecretOutput {
  readonly cluster: string;
  readonly text: string;
  /** The same in JSON, by the name of its field. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Whether a file with this text is one that the command wrote before: only such a one is replaced. */
  readonly isEarlier: (text: string) => boolean;
}

/** Prints them, or writes them where `out` says. @throws UserError when they cannot be written there */
export async function secretResult(
  out: string | undefined,
  { cwd }: Pick<CliIo, "cwd">,
  secrets: SecretOutput,
): Promise<CommandResult> {
  const { cluster, text, json } = secrets;
  if (out === undefined) return { exitCode: exitCodes.ok, text, json: { cluster, ...json } };
  const file = await writeSecretOutput(out, cwd, secrets);
  return { exitCode: exitCodes.ok, text: `wrote ${shownPath(file, cwd)}\n`, json: { cluster, file } };
}

/**
 * Writes it for its owner alone.
 *
 * @returns the file, absolute
 * @throws UserError when something else stands there, or the folder does not take it
 */
async function writeSecretOutput(out: string, cwd: string, { text, isEarlier }: SecretOutput) {
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
