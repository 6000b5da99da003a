/** One mistake in a bootstrap.yaml. */
export interface Diagnostic {
  /** Where in the document, from its root; empty for the document as a whole. */
  readonly path: readonly (string | number)[];
  /** What stands there, undefined when nothing does. */
  readonly value?: unknown;
  /** What the value was refused for, when that is not plain from `expected`. */
  readonly problem?: string;
  readonly expected: string;
  readonly remedy: string;
  /** Place of the mistake when no node of the document carries it (a syntax error). */
  readonly position?: Position;
}

/** Both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface LocatedDiagnostic extends Diagnostic {
  readonly position?: Position;
}

/** `workers[1].taints[0].key` */
export function formatPath(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");
}

const LONGEST_VALUE = 60;

export function formatValue(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}…`;
}

/** The mistakes of one file as the report that a user reads. */
export function formatDiagnostics(file: string, diagnostics: readonly LocatedDiagnostic[]): string {
  const head = `${file}: ${diagnostics.length} ${diagnostics.length === 1 ? "mistake" : "mistakes"}`;
  return [head, ...diagnostics.map(formatOne)].join("\n\n") + "\n";
}

function formatOne(diagnostic: LocatedDiagnostic): string {
  const { position, path } = diagnostic;
  const place = [
    position === undefined ? "" : `${position.line}:${position.column}`,
    path.length === 0 ? "(the whole file)" : formatPath(path),
  ].filter((part) => part !== "");
  const lines = [`  ${place.join("  ")}`];
  if (diagnostic.problem !== undefined) lines.push(`    problem:  ${diagnostic.problem}`);
  else lines.push(`    found:    ${formatValue(diagnostic.value)}`);
  lines.push(`    expected: ${diagnostic.expected}`, `    remedy:   ${diagnostic.remedy}`);
  return lines.join("\n");
}
