type Value = string | number | boolean | readonly string[];

/** A header in its brackets, `[a.b]` or `[[a.b]]`, with the entries below it. */
export type TomlTable = readonly [header: string, entries: Readonly<Record<string, Value>>];

const BARE_KEY = /^[A-Za-z0-9_-]+$/;

/**
 * TOML of the kind that Amazon EKS can merge with its own: no quotes within keys or values, and none in headers. Tables
 * without entries are left out. Source: docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
 *
 * @throws Error for a text that would have to be escaped: a Terraform expression would not survive that
 */
export function toml(tables: readonly TomlTable[]): string {
  return tables
    .filter(([, entries]) => Object.keys(entries).length > 0)
    .map(([header, entries]) => `${header}\n${Object.entries(entries).map(line).join("")}`)
    .join("\n");
}

function line([key, value]: readonly [string, Value]): string {
  return `${BARE_KEY.test(key) ? key : quoted(key)} = ${typeof value === "object" ? list(value) : scalar(value)}\n`;
}

function list(values: readonly string[]): string {
  return `[${values.map(quoted).join(", ")}]`;
}

function scalar(value: string | number | boolean): string {
  return typeof value === "string" ? quoted(value) : String(value);
}

function quoted(text: string): string {
  // eslint-disable-next-line no-control-regex -- TOML takes none of them between quotes
  if (/["\\\u0000-\u001f\u007f]/.test(text)) throw new Error(`${JSON.stringify(text)} cannot stand in TOML unescaped`);
  return `"${text}"`;
}
