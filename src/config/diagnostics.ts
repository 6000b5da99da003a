/** Where in a document, from its root. */
export type Path = readonly (string | number)[];

/** One mistake in a bootstrap.yaml. */
export interface Diagnostic {
  /** Empty for the document as a whole. */
  readonly path: Path;
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

const PLAIN_KEY = /^[\w-]+$/;

/** `workers[1].taints[0].key`; a key of other characters stands in brackets and quotes. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    if (!PLAIN_KEY.test(part)) return `${text}[${JSON.stringify(part)}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");
}

const LONGEST_VALUE = 60;
/** `user:password@` of an address. */
const CREDENTIALS = /\/\/[^/@\s]*@/g;

/** A value on one line. Fields of mappings are named without their values, one of which may be a secret. */
export function formatValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "object" && value !== null) return formatCollection(value);
  // JSON knows neither Infinity nor NaN.
  if (typeof value !== "string") return typeof value === "number" ? value.toString() : JSON.stringify(value);
  if (value.includes("PRIVATE KEY")) return "a private key";
  return shorten(JSON.stringify(value).replace(CREDENTIALS, "//…@"));
}

function formatCollection(value: object): string {
  if (!Array.isArray(value)) {
    const keys = Object.keys(value);
    return keys.length === 0 ? "an empty mapping" : shorten(`a mapping of ${keys.join(", ")}`);
  }
  if (value.some((entry) => typeof entry === "object" && entry !== null)) return `a list of ${value.length}`;
  return shorten(`[${value.map(formatValue).join(", ")}]`);
}

function shorten(text: string): string {
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}…`;
}

/** The mistakes of one file as the report that a user reads. */
export function formatDiagnostics(file: string, diagnostics: readonly LocatedDiagnostic[]): string {
  const head = `${file}: ${diagnostics.length} ${diagnostics.length === 1 ? "mistake" : "mistakes"}`;
  return [head, ...diagnostics.map(formatOne)].join("\n\n") + "\n";
}

function formatOne(diagnostic: LocatedDiagnostic): string {
  const { position, path } = diagnostic;
  const place = [position === undefined ? "" : `${position.line}:${position.column}`, formatPath(path)].filter(
    (part) => part !== "",
  );
  if (place.length === 0) place.push("(the whole file)");
  const lines = [`  ${place.join("  ")}`];
  const { value, problem } = diagnostic;
  if (problem === undefined || value !== undefined) lines.push(`    found:    ${formatValue(value)}`);
  if (problem !== undefined) lines.push(`    problem:  ${problem}`);
  lines.push(`    expected: ${diagnostic.expected}`, `    remedy:   ${diagnostic.remedy}`);
  return lines.join("\n");
}
