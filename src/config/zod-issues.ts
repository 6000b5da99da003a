import { z } from "zod";
import { nearest } from "../lib/nearest.js";
import { formatPath, formatValue, type Diagnostic, type Path } from "./diagnostics.js";
import type { FieldHint } from "./schema/primitives.js";
import { unknownKey, type Elsewhere } from "./unknown-key.js";

/**
 * What an issue's message carries from the schema that raised it to {@link translateIssues}. Zod shows the schema only
 * to the error map, and the error map can only make a text: so the text is this, as JSON.
 */
interface SchemaFacts {
  readonly hint?: FieldHint;
  readonly known?: readonly string[];
  readonly options?: readonly unknown[];
  /** The value in quotes, where these are all that it lacks. */
  readonly quoted?: string;
}

/** The error map to parse with before {@link translateIssues}. */
export const factsErrorMap: z.core.$ZodErrorMap = (issue) => {
  const schema = issue.inst;
  const facts: { -readonly [K in keyof SchemaFacts]: SchemaFacts[K] } = {};
  if (schema !== undefined && "_zod" in schema) {
    const type = schema as z.core.$ZodType;
    const hint = z.globalRegistry.get(type)?.["hint"];
    if (hint !== undefined) facts.hint = hint as FieldHint;
    if (issue.code === "invalid_type" && issue.expected === "string") {
      const quoted = inQuotes(issue.input);
      if (quoted !== undefined && z.safeParse(type, String(issue.input)).success) facts.quoted = quoted;
    }
    if (type instanceof z.core.$ZodObject) facts.known = Object.keys(type._zod.def.shape);
    if (issue.code === "invalid_union" && type instanceof z.core.$ZodDiscriminatedUnion) {
      const values = type._zod.propValues[type._zod.def.discriminator];
      facts.options = values === undefined ? [] : [...values].filter((value) => value !== undefined);
    }
  }
  return JSON.stringify(facts);
};

/** YAML reads a number or true and false where a text is meant, unless it is quoted. */
function inQuotes(value: unknown): string | undefined {
  return typeof value === "number" || typeof value === "boolean" ? JSON.stringify(String(value)) : undefined;
}

/** What the issues of one section's parse are about. */
export interface IssueContext {
  /** The whole document. */
  readonly root: unknown;
  /** Whether the section would be sound without the field at this path of the document. */
  readonly mayBeAbsent: (path: Path) => boolean;
  /** Where to look for a field that is unknown at its place. */
  readonly elsewhere: readonly Elsewhere[];
}

/** The issues of one parse as diagnostics. @param base path of what was parsed, to which the issues' are relative */
export function translateIssues(
  issues: readonly z.core.$ZodIssue[],
  base: Path,
  context: IssueContext,
): readonly Diagnostic[] {
  return issues.flatMap((issue) => translateIssue(issue, base, context));
}

function translateIssue(issue: z.core.$ZodIssue, base: Path, context: IssueContext): readonly Diagnostic[] {
  const path = [...base, ...(issue.path as Path)];
  const value = valueAt(context.root, path);
  const facts = JSON.parse(issue.message) as SchemaFacts;
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey([...path, key], facts.known ?? [], context.elsewhere));
  }
  if (issue.code === "invalid_key") return issue.issues.flatMap((inner) => fromKey(inner, path, context));
  if (value === undefined) return [missing(path, expectation(issue, facts))];
  if (value === null) return [empty(path, expectation(issue, facts), context.mayBeAbsent(path))];
  const options = optionsOf(issue, facts);
  if (options !== undefined) return [choice({ path, value }, options)];
  if (issue.code === "invalid_union") {
    const meant = branchInMind(issue);
    if (meant !== undefined) return translateIssues(meant, path, context);
  }
  const hint = hintOf(issue, facts);
  const expected = expectation(issue, facts);
  const remedy = remedyOfType(issue, facts, value) ?? hint?.remedy ?? `write ${expected} here`;
  if (hint?.conceal === true) return [{ path, problem: "is not shown: it may be a secret", expected, remedy }];
  return [{ path, value, expected, remedy }];
}

/** A key's issue has no path below the key: what stands there is the key. */
function fromKey(issue: z.core.$ZodIssue, path: Path, context: IssueContext): readonly Diagnostic[] {
  return translateIssue({ ...issue, path: [] }, path, context).map((diagnostic) => ({
    ...diagnostic,
    value: path.at(-1),
  }));
}

/** A union fails in every branch: one that failed inside its value is what the user meant. */
function branchInMind(issue: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] | undefined {
  return issue.errors.find((branch) =>
    branch.some((inner) => inner.path.length > 0 || inner.code === "unrecognized_keys"),
  );
}

function hintOf(issue: z.core.$ZodIssue, facts: SchemaFacts): FieldHint | undefined {
  if (issue.code === "custom" && issue.params !== undefined) return issue.params as unknown as FieldHint;
  return facts.hint;
}

function optionsOf(issue: z.core.$ZodIssue, facts: SchemaFacts): readonly string[] | undefined {
  const values = issue.code === "invalid_value" ? issue.values : facts.options;
  return values?.map(String);
}

function expectation(issue: z.core.$ZodIssue, facts: SchemaFacts): string {
  const options = optionsOf(issue, facts);
  if (options !== undefined) return oneOf(options);
  if (issue.code === "invalid_type" && facts.known !== undefined) return `a mapping of ${facts.known.join(", ")}`;
  return hintOf(issue, facts)?.expected ?? describe(issue);
}

function oneOf(options: readonly string[]): string {
  return options.length === 1 ? options.join() : `one of ${options.join(", ")}`;
}

function choice(at: { readonly path: Path; readonly value: unknown }, options: readonly string[]): Diagnostic {
  const near = typeof at.value === "string" ? nearest(at.value, options) : undefined;
  const only = options.length === 1 ? `write ${options.join()}` : "choose one of them";
  return { ...at, expected: oneOf(options), remedy: near === undefined ? only : `did you mean ${near}?` };
}

function missing(path: Path, expected: string): Diagnostic {
  const parent = path.slice(0, -1);
  const place = parent.length === 0 ? "" : ` to \`${formatPath(parent)}\``;
  return {
    path,
    problem: "is missing",
    expected,
    remedy: `add \`${String(path.at(-1))}\`${place}; it has no default`,
  };
}

function empty(path: Path, expected: string, mayBeAbsent: boolean): Diagnostic {
  const key = path.at(-1);
  const remedies =
    typeof key === "number"
      ? "write an entry, or remove its dash"
      : mayBeAbsent
        ? `write a value, or remove \`${key}\`: it may be left out`
        : "write a value; it has no default";
  return { path, problem: "stands empty", expected, remedy: remedies };
}

const YES = /^(yes|on|true)$/i;
const NO = /^(no|off|false)$/i;

/** For values of a wrong type that show what was meant. */
function remedyOfType(issue: z.core.$ZodIssue, facts: SchemaFacts, value: unknown): string | undefined {
  if (issue.code !== "invalid_type") return undefined;
  if (facts.quoted !== undefined) return `put quotes around it: ${facts.quoted}`;
  if (issue.expected === "array") {
    return typeof value === "object"
      ? "begin each entry with a dash"
      : `put brackets around it: [${formatValue(value)}]`;
  }
  if (typeof value !== "string") return undefined;
  if (issue.expected === "number" && value.trim() !== "" && Number.isFinite(Number(value))) {
    return `write it without quotes: ${Number(value)}`;
  }
  if (issue.expected !== "boolean") return undefined;
  if (YES.test(value)) return "write true, without quotes";
  return NO.test(value) ? "write false, without quotes" : undefined;
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

function describe(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPE_NAMES[issue.expected] ?? `a value of type ${issue.expected}`;
    case "too_small":
      if (issue.origin === "array")
        return `a list of at least ${issue.minimum} ${issue.minimum === 1 ? "entry" : "entries"}`;
      return issue.origin === "string" ? "a text that is not empty" : `at least ${issue.minimum}`;
    case "too_big":
      return `at most ${issue.maximum}`;
    case "invalid_format":
      return issue.pattern === undefined
        ? `a text of the form ${issue.format}`
        : `a text that matches ${issue.pattern}`;
    default:
      return "another form of value; see docs/bootstrap.md";
  }
}

export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    root,
  );
}
