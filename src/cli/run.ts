import { CommanderError } from "commander";
import type { CommandInput, CommandSpec } from "./command.js";
import { commands } from "./commands/index.js";
import { exitCodes, type ExitCode } from "./exit-codes.js";
import { globalSettings } from "./global-options.js";
import type { CliIo } from "./io.js";
import { buildProgram } from "./program.js";
import { reportError, toJson } from "./report.js";
import { plain, styleFor } from "./style.js";
import { usageError } from "./usage-error.js";

const DEFAULT_COLUMNS = 100;

interface Invocation {
  readonly command: CommandSpec;
  readonly input: CommandInput;
}

/** Runs one command line in this process. @returns the exit code; never throws */
export async function run(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  const settings = globalSettings(argv, io.env);
  const styleOf = (stream: CliIo["stdout"]) => (settings.colour ? styleFor(stream, io.env) : plain);
  const columns = io.stdout.columns ?? DEFAULT_COLUMNS;
  try {
    const invocation = parse(argv, io, { style: styleOf(io.stdout), columns });
    if (invocation === undefined) return exitCodes.ok;
    const { command, input } = invocation;
    const result = await command.run(input, { io, style: styleOf(io.stdout), columns, commands });
    const { exitCode, text, json } = result;
    io.stdout.write(settings.format === "json" ? toJson({ ok: exitCode === exitCodes.ok, ...json }) : text);
    return exitCode;
  } catch (error) {
    return reportError(error, io, { ...settings, style: styleOf(io.stderr) });
  }
}

/** @returns undefined when the user asked for help or the version, which is printed by then */
function parse(
  argv: readonly string[],
  io: CliIo,
  layout: { readonly style: ReturnType<typeof styleFor>; readonly columns: number },
): Invocation | undefined {
  let invocation: Invocation | undefined;
  const invoke = (command: CommandSpec, input: CommandInput) => {
    invocation = { command, input };
  };
  const program = buildProgram(commands, { ...layout, stdout: io.stdout, stderr: io.stderr, invoke });
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageError(error, argv, commands);
  }
  return invocation;
}
