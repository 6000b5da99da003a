import type { TextOperations } from "./secret-file.js";

/** Around an expression within a text. Neither stands in any text of ours. */
const [BEGIN, END] = ["\u0001", "\u0002"];
const SEGMENTS = new RegExp(`${BEGIN}([^${END}]*)${END}`);

/**
 * A text that Terraform puts in: one that a {@link terraformText} operation takes. cdktf's own functions do the same, but
 * resolve what is nested again at every level, which takes minutes here.
 *
 * @param hcl an expression of Terraform's language, as it stands between `${` and `}`
 */
export function expression(hcl: string): string {
  return `${BEGIN}${hcl}${END}`;
}

/** A template of Terraform's as a text: what stands in it as `${…}` becomes an {@link expression}. */
export function parseTemplate(template: string): string {
  return template.replaceAll(/\$\{([^}]*)\}/g, (_, hcl: string) => expression(hcl));
}

/** Texts put together by Terraform, which alone knows their secrets. */
export const terraformText: TextOperations = {
  concat: (...parts) => parts.join(""),
  base64: (text) => expression(`base64encode(${hclOf(text)})`),
  json: (value) => expression(`jsonencode(${hclOf(value)})`),
};

/** The text as a template, as Terraform reads it in JSON: literals stay literal, expressions are put in. */
export function templateOf(text: string): string {
  return text
    .split(SEGMENTS)
    .map((segment, index) => (index % 2 === 0 ? segment.replaceAll(/([$%])\{/g, "$1$1{") : `\${${segment}}`))
    .join("");
}

/** A value in Terraform's language. JSON's strings and numbers are its own. */
function hclOf(value: unknown): string {
  if (typeof value === "string") return textOf(value);
  if (Array.isArray(value)) return `[${value.map(hclOf).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    return `{${fields.map(([key, field]) => `${textOf(key)} = ${hclOf(field)}`).join(", ")}}`;
  }
  return JSON.stringify(value);
}

/** A single expression stands by itself; anything else is a quoted template. */
function textOf(text: string): string {
  const [before = "", only, after] = text.split(SEGMENTS);
  if (only !== undefined && before === "" && after === "") return only;
  const template = text
    .split(SEGMENTS)
    .map((segment, index) => (index % 2 === 0 ? quoted(segment) : `\${${segment}}`))
    .join("");
  return `"${template}"`;
}

function quoted(literal: string): string {
  return JSON.stringify(literal)
    .slice(1, -1)
    .replaceAll(/([$%])\{/g, "$1$1{");
}
