import { formatDiagnostics, formatPath } from "../config/diagnostics.js";
import type { FaultyFile } from "../config/load-environments.js";
import { UserError } from "../lib/user-error.js";
import { shownPath } from "./shown-path.js";

/** One mistake in JSON: flat, because programs filter by file and path. */
export interface DiagnosticRecord {
  readonly file: string;
  /** `workers[1].flavor`; empty for the file as a whole. */
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
  readonly value?: unknown;
  readonly problem?: string;
  readonly expected: string;
  readonly remedy: string;
}

/** Files that have mistakes, where a command needs sound ones. */
export class FaultyBootstrapError extends UserError {
  constructor(
    readonly files: readonly FaultyFile[],
    consequence: string,
  ) {
    super(`${countMistakes(files)}; ${consequence}`, "correct what the report names, and run the command again");
  }
}

/** `3 mistakes in 2 files` */
export function countMistakes(files: readonly FaultyFile[]): string {
  const mistakes = files.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
  return `${mistakes} ${mistakes === 1 ? "mistake" : "mistakes"} in ${files.length} ${files.length === 1 ? "file" : "files"}`;
}

/** Names the file as it is reached from `cwd`. */
export function formatFaultyFile({ file, diagnostics }: FaultyFile, cwd: string): string {
  return formatDiagnostics(shownPath(file, cwd), diagnostics);
}

export function diagnosticRecords(files: readonly FaultyFile[]): readonly DiagnosticRecord[] {
  return files.flatMap(({ file, diagnostics }) =>
    diagnostics.map(({ path, position, value, problem, expected, remedy }) => ({
      file,
      path: formatPath(path),
      ...(position !== undefined && { line: position.line, column: position.column }),
      ...(value !== undefined && { value }),
      ...(problem !== undefined && { problem }),
      expected,
      remedy,
    })),
  );
}
