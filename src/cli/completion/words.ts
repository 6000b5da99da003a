import type { ArgumentSpec, CommandSpec, CompletionSource, OptionSpec } from "../command.js";
import { globalOptions } from "../global-options.js";

/** An option as the shells complete it. */
export interface CompletedOption {
  /** `--out` */
  readonly flag: string;
  readonly description: string;
  readonly takesValue: boolean;
  readonly values: CompletedValue;
}

export type CompletedValue =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: CompletionSource }
  | { readonly kind: "none" };

export const globalCompletions: readonly CompletedOption[] = [
  ...Object.entries(globalOptions).map(([name, option]) => completedOption(name, option)),
  { flag: "--help", description: "print help", takesValue: false, values: { kind: "none" } },
];

export function optionsOf(command: CommandSpec): readonly CompletedOption[] {
  return [
    ...Object.entries(command.options).map(([name, option]) => completedOption(name, option)),
    ...globalCompletions,
  ];
}

/** What may stand where an argument of the command stands: that of its first one, which all of ours go by. */
export function argumentValues(command: CommandSpec): CompletedValue {
  const [argument] = Object.values(command.arguments);
  return argument === undefined ? { kind: "none" } : completedValue(argument);
}

function completedOption(name: string, option: OptionSpec): CompletedOption {
  const { description } = option;
  return { flag: `--${name}`, description, takesValue: option.value !== undefined, values: completedValue(option) };
}

function completedValue({ choices, complete }: ArgumentSpec | OptionSpec): CompletedValue {
  if (choices !== undefined) return { kind: "words", words: choices };
  return { kind: complete ?? "none" };
}
