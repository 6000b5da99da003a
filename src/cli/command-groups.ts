import type { CommandSpec } from "./command.js";

/** What the commands of one first word have in common, for the help and the shells. */
export const groupSummaries: Readonly<Record<string, string>> = {
  secrets: "hand on the secrets of a cluster, to kubectl or Terraform",
};

/** A word that a command line may begin with. */
export interface FirstWord {
  readonly word: string;
  readonly summary: string;
  /** The one command of that word, or those of its group. */
  readonly commands: readonly CommandSpec[];
}

/** The words that command lines begin with, in the order of the commands. */
export function firstWords(commands: readonly CommandSpec[]): readonly FirstWord[] {
  const words = [...new Set(commands.map(({ path }) => path[0]))];
  return words.map((word) => {
    const members = commands.filter(({ path }) => path[0] === word);
    const alone = members.find(({ path }) => path.length === 1);
    return { word, summary: alone?.summary ?? groupSummaries[word] ?? "", commands: members };
  });
}
