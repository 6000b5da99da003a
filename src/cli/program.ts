import { Argument, Command, Option } from "commander";
import {
  argumentTerm,
  optionFlags,
  type ArgumentSpec,
  type CommandInput,
  type CommandSpec,
  type Example,
  type OptionSpec,
} from "./command.js";
import { groupSummaries } from "./command-groups.js";
import { exitCodeMeanings } from "./exit-codes.js";
import { globalOptions } from "./global-options.js";
import type { TextStream } from "./io.js";
import type { Style } from "./style.js";
import { PRODUCT, VERSION } from "./version.js";
import { wrap } from "./table.js";

export interface ProgramSettings {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly style: Style;
  readonly columns: number;
  /** Called with the command that the user chose. */
  readonly invoke: (command: CommandSpec, input: CommandInput) => void;
}

const INDENT = 2;

/** The parser of kaasctl's command line, made from the commands' data. */
export function buildProgram(commands: readonly CommandSpec[], settings: ProgramSettings): Command {
  const { style, columns } = settings;
  const program = new Command(PRODUCT.name)
    .description(paragraphs([PRODUCT.description], columns))
    .version(VERSION, "-V, --version", "print kaasctl's version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help on a command")
    .exitOverride()
    .configureHelp({
      showGlobalOptions: true,
      minWidthToWrap: 20,
      styleTitle: (title) => style.bold(title),
      subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(placeholder)].join(" "),
    })
    .configureOutput({
      writeOut: (text) => settings.stdout.write(text),
      writeErr: (text) => settings.stderr.write(text),
      // Usage errors are reported by the caller, in the format that the user asked for.
      outputError: () => undefined,
      getOutHelpWidth: () => columns,
      getErrHelpWidth: () => columns,
      getOutHasColors: () => true,
      getErrHasColors: () => true,
    });
  program.addHelpText("after", ({ command }) => (command === program ? exitCodeText(style) : ""));
  for (const [name, option] of Object.entries(globalOptions)) program.addOption(toOption(name, option));
  for (const command of commands) addCommand(program, command, settings);
  return program;
}

function addCommand(program: Command, spec: CommandSpec, settings: ProgramSettings): void {
  const groups = spec.path.slice(0, -1);
  const parent = groups.reduce<Command>(
    (above, name) => above.commands.find((command) => command.name() === name) ?? addGroup(above, name),
    program,
  );
  const command = parent
    .command(spec.path.at(-1) ?? "")
    .summary(spec.summary)
    .description(paragraphs(spec.description, settings.columns))
    .addHelpText("after", () => exampleText(spec.examples, settings.style));
  for (const [name, argument] of Object.entries(spec.arguments)) command.addArgument(toArgument(name, argument));
  for (const [name, option] of Object.entries(spec.options)) command.addOption(toOption(name, option));
  command.action(() => {
    settings.invoke(spec, inputOf(command, spec));
  });
}

function addGroup(above: Command, name: string): Command {
  const summary = groupSummaries[name] ?? "";
  return above.command(name).summary(summary).description(summary);
}

/** Under the names of the data, where commander has camelCase and positions. */
function inputOf(command: Command, spec: CommandSpec): CommandInput {
  const words = command.processedArgs as readonly unknown[];
  const given = command.opts<Record<string, string | boolean | undefined>>();
  const input = { arguments: {} as Record<string, unknown>, options: {} as Record<string, unknown> };
  for (const [at, [name, { kind }]] of Object.entries(spec.arguments).entries()) {
    input.arguments[name] = words[at] ?? (kind === "variadic" ? [] : undefined);
  }
  for (const [name, option] of Object.entries(spec.options)) {
    const value = given[toOption(name, option).attributeName()];
    input.options[name] = option.value === undefined ? value === true : value;
  }
  // The parser was built from the same data as the type.
  return input as CommandInput;
}

function toArgument(name: string, spec: ArgumentSpec): Argument {
  const argument = new Argument(argumentTerm(name, spec), withDefault(spec));
  return spec.choices === undefined ? argument : argument.choices(spec.choices);
}

function toOption(name: string, spec: OptionSpec): Option {
  const option = new Option(optionFlags(name, spec), withDefault(spec));
  return spec.choices === undefined ? option : option.choices(spec.choices);
}

function withDefault({ description, defaultText }: ArgumentSpec | OptionSpec): string {
  return defaultText === undefined ? description : `${description} (default: ${defaultText})`;
}

function placeholder(argument: Argument): string {
  const name = argument.name() + (argument.variadic ? "..." : "");
  return argument.required ? `<${name}>` : `[${name}]`;
}

function paragraphs(texts: readonly string[], columns: number): string {
  return texts.map((text) => wrap(text, columns).join("\n")).join("\n\n");
}

function exitCodeText(style: Style): string {
  const lines = Object.entries(exitCodeMeanings).map(([code, meaning]) => `${" ".repeat(INDENT)}${code}  ${meaning}`);
  return ["", style.bold("Exit codes:"), ...lines].join("\n");
}

function exampleText(examples: readonly Example[], style: Style): string {
  const lines = examples.flatMap(({ line, says }) => [
    `${" ".repeat(INDENT)}${line}`,
    style.dim(`${" ".repeat(INDENT * 2)}${says}`),
  ]);
  return ["", style.bold("Examples:"), ...lines].join("\n");
}
