import { isCollection, isMap, LineCounter, parseDocument, visit, type Document, type YAMLError } from "yaml";
import type { Diagnostic, LocatedDiagnostic, Path, Position } from "./diagnostics.js";
import { reservedKey } from "./unknown-key.js";
import { excessOf } from "./yaml-extent.js";

/** A YAML file that could be read as such. */
export interface SourceDocument {
  /** A tree of plain values. */
  readonly value: unknown;
  readonly locate: (diagnostic: Diagnostic) => LocatedDiagnostic;
}

export type ReadResult =
  | { readonly ok: true; readonly document: SourceDocument }
  | { readonly ok: false; readonly diagnostics: readonly LocatedDiagnostic[] };

const LARGEST_FILE_BYTES = 1024 * 1024;
/** An order of magnitude above what a large cluster takes. */
const LIMIT = { levels: 32, tokens: 20_000 };
/** One slip of the syntax makes more of them further down, which say nothing new. */
const SYNTAX_ERRORS_SHOWN = 10;

export function readSource(text: string): ReadResult {
  if (Buffer.byteLength(text) > LARGEST_FILE_BYTES) return refuse(tooLarge);
  try {
    return readYaml(text);
  } catch (error) {
    // How the YAML library ends the multiplication of aliases of aliases.
    if (error instanceof ReferenceError) return refuse(tooManyAliases);
    throw error;
  }
}

function readYaml(text: string): ReadResult {
  const lines = new LineCounter();
  const excess = excessOf(text, LIMIT);
  if (excess !== undefined) return refuse(excess === "levels" ? tooDeep([]) : tooMany);
  const document = parseDocument(text, { lineCounter: lines });
  // A tag that is not known is a warning to the library; its value would be taken for a plain text.
  const errors = [...document.errors, ...document.warnings];
  if (errors.length > 0) {
    const firstAtItsPlace = new Map([...errors].reverse().map((error) => [error.pos[0], error]));
    const shown = [...firstAtItsPlace.values()].reverse().slice(0, SYNTAX_ERRORS_SHOWN);
    return refuse(...shown.map((error) => syntaxError(error, lines)));
  }
  const unusable = findUnusableNodes(document);
  if (unusable.length > 0) {
    return refuse(
      ...unusable.map(({ offset, diagnostic }) => ({ ...diagnostic, position: toPosition(lines, offset) })),
    );
  }
  const locate = (diagnostic: Diagnostic) => locateIn(document, lines, diagnostic);
  const value: unknown = document.toJS();
  const dangerous = findDangerous(value, [], []);
  return dangerous === undefined ? { ok: true, document: { value, locate } } : refuse(locate(dangerous));
}

function refuse(...diagnostics: readonly LocatedDiagnostic[]): ReadResult {
  return { ok: false, diagnostics };
}

const tooLarge: Diagnostic = {
  path: [],
  problem: "is larger than 1 MiB",
  expected: "a file of some hundred lines",
  remedy: "check that this is the bootstrap.yaml of one cluster",
};

const tooMany: Diagnostic = {
  path: [],
  problem: `holds thousands of values`,
  expected: "a file of some hundred lines",
  remedy: "check that this is the bootstrap.yaml of one cluster",
};

const tooManyAliases: Diagnostic = {
  path: [],
  problem: "has aliases of aliases that multiply beyond measure",
  expected: "anchors and aliases for a few repeated values",
  remedy: "write the values out",
};

const aliasWithoutAnchor: Diagnostic = {
  path: [],
  problem: "an alias without an anchor before it",
  expected: "an anchor of that name further up",
  remedy: "put the anchor (&name) before its value, or quotes around a text that begins with *",
};

const collectionAsKey: Diagnostic = {
  path: [],
  problem: "a mapping or a list stands where a field's name is expected",
  expected: "a name, a colon and a value",
  remedy: "put quotes around a value that begins with { or [",
};

interface UnusableNode {
  readonly diagnostic: Diagnostic;
  /** In the text. */
  readonly offset: number;
}

/** What is sound YAML and has no plain value. */
function findUnusableNodes(document: Document): readonly UnusableNode[] {
  const anchors = new Set<string>();
  const found: UnusableNode[] = [];
  visit(document, {
    Value: (key, node) => {
      if (node.anchor !== undefined) anchors.add(node.anchor);
      if (key === "key" && isCollection(node))
        found.push({ diagnostic: collectionAsKey, offset: node.range?.[0] ?? 0 });
    },
    Alias: (_key, node) => {
      if (!anchors.has(node.source)) found.push({ diagnostic: aliasWithoutAnchor, offset: node.range?.[0] ?? 0 });
    },
  });
  return found;
}

function tooDeep(path: Path): Diagnostic {
  return {
    path,
    problem: `is nested deeper than ${LIMIT.levels} levels`,
    expected: "the fields of docs/bootstrap.md, which are at most six levels deep",
    remedy: "check the brackets and the indentation",
  };
}

/** Cycles and keys that no code after this could handle safely. */
function findDangerous(value: unknown, path: Path, ancestors: readonly object[]): Diagnostic | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (ancestors.includes(value))
    return { ...tooManyAliases, path, problem: "is an alias of a value that it stands in" };
  if (path.length > LIMIT.levels) return tooDeep(path.slice(0, 1));
  const entries: readonly [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  for (const [key, entry] of entries) {
    if (key === "__proto__") return reservedKey([...path, key]);
    const inside = findDangerous(entry, [...path, key], [...ancestors, value]);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

const REMEDIES: Partial<Record<YAMLError["code"], string>> = {
  TAB_AS_INDENT: "indent with blanks, two a level",
  DUPLICATE_KEY: "remove one of the two",
  MULTIPLE_DOCS: "keep one cluster a file: remove what follows the line ---",
  TAG_RESOLVE_FAILED: "remove the tag: values stand for themselves",
  BAD_INDENT: "indent the fields of one mapping alike, two blanks a level",
};

/** Where the library speaks to programmers. */
const PROBLEMS: Partial<Record<YAMLError["code"], string>> = {
  MULTIPLE_DOCS: "A second document begins here",
  DUPLICATE_KEY: "This field stands twice",
};

function syntaxError(error: YAMLError, lines: LineCounter): LocatedDiagnostic {
  return {
    path: [],
    // The library's message goes on with a copy of the lines; the first says what is wrong.
    problem: PROBLEMS[error.code] ?? (error.message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, ""),
    expected: "YAML",
    remedy: REMEDIES[error.code] ?? "correct the syntax at this place",
    position: toPosition(lines, error.pos[0]),
  };
}

/** A missing field has no place of its own: it is reported at the nearest parent that has one. */
function locateIn(document: Document, lines: LineCounter, diagnostic: Diagnostic): LocatedDiagnostic {
  for (let depth = diagnostic.path.length; depth > 0; depth -= 1) {
    const offset = offsetOf(document, diagnostic.path.slice(0, depth));
    if (offset !== undefined) return { ...diagnostic, position: toPosition(lines, offset) };
  }
  return diagnostic.path.length === 0 ? diagnostic : { ...diagnostic, position: { line: 1, column: 1 } };
}

/** Of the key where there is one: a mapping's own offset is the line below it. */
function offsetOf(document: Document, path: Path): number | undefined {
  const parent: unknown = path.length === 0 ? undefined : document.getIn(path.slice(0, -1), true);
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => String(key) === path.at(-1));
    return (pair?.key as { range?: readonly number[] } | undefined)?.range?.[0];
  }
  const node = document.getIn(path, true) as { range?: readonly number[] } | undefined;
  return node?.range?.[0];
}

function toPosition(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
