import type { ExitCode } from "./exit-codes.js";
import type { CliIo } from "./io.js";
import type { Style } from "./style.js";

/** What the shell offers when the user asks it to complete a word. */
export type CompletionSource = "environments" | "files" | "folders";

export interface ArgumentSpec {
  readonly description: string;
  /** `variadic` takes any number, none included. */
  readonly kind: "required" | "optional" | "variadic";
  /** What it means to leave it out, for the help. */
  readonly defaultText?: string;
  readonly choices?: readonly string[];
  readonly complete?: CompletionSource;
}

export interface OptionSpec {
  readonly description: string;
  /** Name of the value in the help; an option without one is a switch. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** Said in the help; the handler applies it. */
  readonly defaultText?: string;
  readonly complete?: CompletionSource;
}

export type ArgumentSpecs = Readonly<Record<string, ArgumentSpec>>;
/** By name, as it is written after `--`. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

type Choice<S> = S extends { readonly choices: readonly (infer C)[] } ? C : string;
type ArgumentValue<S extends ArgumentSpec> = S["kind"] extends "variadic"
  ? readonly Choice<S>[]
  : S["kind"] extends "required"
    ? Choice<S>
    : Choice<S> | undefined;
type OptionValue<S extends OptionSpec> = S extends { readonly value: string } ? Choice<S> | undefined : boolean;

/** A command line after parsing, typed by the command's own data. */
export interface CommandInput<A extends ArgumentSpecs = ArgumentSpecs, O extends OptionSpecs = OptionSpecs> {
  readonly arguments: { readonly [K in keyof A]: ArgumentValue<A[K]> };
  readonly options: { readonly [K in keyof O]: OptionValue<O[K]> };
}

export interface CommandContext {
  readonly io: CliIo;
  readonly style: Style;
  /** Width to lay text out for. */
  readonly columns: number;
  /** All of kaasctl's, for those that tell about the others. */
  readonly commands: readonly CommandSpec[];
}

/** What a command found or made, for a reader and for a program. */
export interface CommandResult {
  readonly exitCode: ExitCode;
  readonly text: string;
  /** The document of `--output json`; `ok` is set from the exit code. Its fields are part of the interface. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Example {
  readonly line: string;
  readonly says: string;
}

/**
 * One command, as data: the parser, the help, the reference and the shells' completion are made from it.
 * A handler imports what is slow to load when it runs, so that no other command waits for it.
 */
export interface CommandSpec<A extends ArgumentSpecs = ArgumentSpecs, O extends OptionSpecs = OptionSpecs> {
  /** `["deploy", "cluster"]` is called as `kaasctl deploy cluster`. */
  readonly path: readonly [string, ...string[]];
  readonly summary: string;
  /** Paragraphs. */
  readonly description: readonly string[];
  readonly arguments: A;
  readonly options: O;
  readonly examples: readonly Example[];
  /** The fields of {@link CommandResult.json}, for the reference. */
  readonly jsonFields: Readonly<Record<string, string>>;
  run(input: CommandInput<A, O>, context: CommandContext): CommandResult | Promise<CommandResult>;
}

/** Keeps the literal types of the data, from which the handler's input is typed. */
export function defineCommand<const A extends ArgumentSpecs, const O extends OptionSpecs>(
  spec: CommandSpec<A, O>,
): CommandSpec {
  return spec;
}

/** `--out <folder>` */
export function optionFlags(name: string, option: OptionSpec): string {
  return option.value === undefined ? `--${name}` : `--${name} <${option.value}>`;
}

/** `[environment...]` */
export function argumentTerm(name: string, argument: ArgumentSpec): string {
  switch (argument.kind) {
    case "required":
      return `<${name}>`;
    case "optional":
      return `[${name}]`;
    case "variadic":
      return `[${name}...]`;
  }
}
