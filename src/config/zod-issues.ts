import { distance } from "fastest-levenshtein";
import { z } from "zod";
import type { Diagnostic } from "./diagnostics.js";
import type { FieldHint } from "./schema/primitives.js";

type Path = readonly (string | number)[];

/**
 * What an issue's message carries from the schema that raised it to {@link translateIssues}. Zod shows the schema only
 * to the error map, and the error map can only make a text: so the text is this, as JSON.
 */
interface SchemaFacts {
  readonly hint?: FieldHint;
  readonly known?: readonly string[];
  readonly options?: readonly unknown[];
}

/** The error map to parse with before {@link translateIssues}. */
export const factsErrorMap: z.core.$ZodErrorMap = (issue) => {
  const schema = issue.inst;
  const facts: { -readonly [K in keyof SchemaFacts]: SchemaFacts[K] } = {};
  if (schema !== undefined && "_zod" in schema) {
    const type = schema as z.core.$ZodType;
    const hint = z.globalRegistry.get(type)?.["hint"];
    if (hint !== undefined) facts.hint = hint as FieldHint;
    if (type instanceof z.core.$ZodObject) facts.known = Object.keys(type._zod.def.shape);
    if (issue.code === "invalid_union" && type instanceof z.core.$ZodDiscriminatedUnion) {
      const values = type._zod.propValues?.[type._zod.def.discriminator];
      facts.options = values === undefined ? [] : [...values].filter((value) => value !== undefined);
    }
  }
  return JSON.stringify(facts);
};

/** The issues of one parse, each with its full path, as diagnostics. */
export function translateIssues(issues: readonly z.core.$ZodIssue[], base: Path, root: unknown): Diagnostic[] {
  return issues.flatMap((issue) => translateIssue(issue, base, root));
}

function translateIssue(issue: z.core.$ZodIssue, base: Path, root: unknown): Diagnostic[] {
  const path = [...base, ...(issue.path as Path)];
  const value = valueAt(root, path);
  const facts = JSON.parse(issue.message) as SchemaFacts;
  const at = { path, value };
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey([...path, key], facts.known ?? []));
  }
  if (value === undefined && facts.hint === undefined) return [missing(path, issue)];
  switch (issue.code) {
    case "custom": {
      const { expected, remedy } = issue.params as unknown as FieldHint;
      return [{ ...at, expected, remedy }];
    }
    case "invalid_value":
      return [choice(at, issue.values)];
    case "invalid_union": {
      if (facts.options !== undefined) return [choice(at, facts.options)];
      return fromUnion(issue, path, root, facts);
    }
    case "invalid_key":
      return issue.issues.flatMap((inner) => {
        const [diagnostic] = translateIssue({ ...inner, path: [] }, path, root);
        return diagnostic === undefined ? [] : [{ ...diagnostic, value: path.at(-1) }];
      });
    default: {
      if (facts.hint !== undefined) return [{ ...at, ...facts.hint }];
      const expected = describeExpectation(issue);
      return [{ ...at, expected, remedy: `write ${expected} here` }];
    }
  }
}

/** A union fails in every branch: the one that came furthest says what the user meant. */
function fromUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  path: Path,
  root: unknown,
  facts: SchemaFacts,
): Diagnostic[] {
  const meant = issue.errors.find((branch) => branch.some((inner) => inner.path.length > 0 || inner.code === "unrecognized_keys"));
  if (meant !== undefined) return translateIssues(meant, path, root);
  const hint = facts.hint ?? { expected: "another form of value", remedy: "see docs/bootstrap.md" };
  return [{ path, value: valueAt(root, path), ...hint }];
}

function choice(at: { path: Path; value: unknown }, values: readonly unknown[]): Diagnostic {
  const texts = values.map(String);
  const only = texts.length === 1;
  const near = typeof at.value === "string" ? nearest(at.value, texts) : undefined;
  return {
    ...at,
    expected: only ? `${texts[0]}` : `one of ${texts.join(", ")}`,
    remedy: near !== undefined ? `did you mean ${near}?` : only ? `write ${texts[0]}` : "choose one of them",
  };
}

function missing(path: Path, issue: z.core.$ZodIssue): Diagnostic {
  const values = issue.code === "invalid_value" ? issue.values.map(String) : [];
  return {
    path,
    problem: "is missing",
    expected: values.length > 0 ? values.join(" or ") : describeExpectation(issue),
    remedy: `add \`${String(path.at(-1))}\`${path.length > 1 ? ` to \`${String(path.at(-2))}\`` : ""}; it has no default`,
  };
}

export function unknownKey(path: Path, known: readonly string[]): Diagnostic {
  const key = String(path.at(-1));
  const near = nearest(key, known);
  return {
    path,
    problem: "is no known field",
    expected: `one of ${known.join(", ")}`,
    remedy: near === undefined ? "remove it" : `did you mean ${near}?`,
  };
}

function nearest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, steps: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps);
  const best = ranked[0];
  return best !== undefined && best.steps <= Math.max(2, word.length / 3) ? best.candidate : undefined;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "a mapping of fields",
  array: "a list",
  record: "a mapping of names to values",
};

function describeExpectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPE_NAMES[issue.expected] ?? `a value of type ${issue.expected}`;
    case "too_small":
      if (issue.origin === "array") return `a list of at least ${issue.minimum}`;
      return issue.origin === "string" ? "a text that is not empty" : `at least ${issue.minimum}`;
    case "too_big":
      return `at most ${issue.maximum}`;
    case "invalid_format":
      return issue.pattern === undefined ? `a text of the form ${issue.format}` : `a text that matches ${issue.pattern}`;
    default:
      return "another value";
  }
}

export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[key] : undefined),
    root,
  );
}
