import { UserError } from "../lib/user-error.js";
import { exitCodes, type ExitCode } from "./exit-codes.js";
import { diagnosticRecords, FaultyBootstrapError, formatFaultyFile } from "./faulty-bootstrap.js";
import type { GlobalSettings } from "./global-options.js";
import type { CliIo } from "./io.js";
import type { Style } from "./style.js";

/** Tells the user why a run failed. @returns the exit code that says the same */
export function reportError(error: unknown, io: CliIo, settings: GlobalSettings & { readonly style: Style }): ExitCode {
  const failure = describe(error, settings.verbose);
  if (settings.format === "json") {
    const diagnostics = error instanceof FaultyBootstrapError ? diagnosticRecords(error.files) : [];
    io.stdout.write(toJson({ ok: false, error: failure.error, diagnostics }));
    return failure.exitCode;
  }
  if (error instanceof FaultyBootstrapError) {
    for (const file of error.files) io.stderr.write(`${formatFaultyFile(file, io.cwd)}\n`);
  }
  const { message, remedy, stack } = failure.error;
  io.stderr.write(`${settings.style.red("error:")} ${message}\n`);
  if (remedy !== undefined) io.stderr.write(`remedy: ${remedy}\n`);
  if (stack !== undefined) io.stderr.write(`\n${stack}\n`);
  return failure.exitCode;
}

export function toJson(document: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

interface Failure {
  readonly exitCode: ExitCode;
  readonly error: { readonly message: string; readonly remedy?: string; readonly stack?: string };
}

function describe(error: unknown, verbose: boolean): Failure {
  if (error instanceof UserError) {
    const { message, remedy } = error;
    return { exitCode: exitCodes.mistake, error: { message, ...(remedy !== undefined && { remedy }) } };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return {
    exitCode: exitCodes.failure,
    error: verbose
      ? { message, ...(stack !== undefined && { stack }) }
      : { message, remedy: "this is no mistake of yours; --verbose shows where it happened, for a report" },
  };
}
