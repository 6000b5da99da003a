import type { CommanderError } from "commander";
import { UserError } from "../lib/user-error.js";
import type { CommandSpec } from "./command.js";
import { PRODUCT } from "./version.js";

/** A command line that the parser refused, as the user's mistake that it is. */
export function usageError(
  error: CommanderError,
  argv: readonly string[],
  commands: readonly CommandSpec[],
): UserError {
  const help = `${[PRODUCT.name, ...commandWords(argv, commands), "--help"].join(" ")} shows what there is`;
  // The parser ends with its own code for "no command given", and has printed the help by then.
  if (error.code === "commander.help") return new UserError("a command is missing", help);
  const [message = "", suggestion] = error.message.replace(/^error: /, "").split("\n");
  const meant = /^\(Did you mean (?<word>.+)\?\)$/.exec(suggestion ?? "")?.groups?.["word"];
  return new UserError(message, meant === undefined ? help : `did you mean ${meant}? ${help}`);
}

/** The words of the command that the user named, as far as it is known. */
function commandWords(argv: readonly string[], commands: readonly CommandSpec[]): readonly string[] {
  const words = argv.filter((word) => !word.startsWith("-"));
  const named = commands.find(({ path }) => path.every((part, at) => words[at] === part));
  return named?.path ?? [];
}
