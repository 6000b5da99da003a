import { stripVTControlCharacters } from "node:util";
import type { Style } from "./style.js";

export interface Column {
  readonly title: string;
  /** @default "left" */
  readonly align?: "left" | "right";
}

/** A name and its value. */
export type Field = readonly [label: string, value: string];

const GAP = "  ";

/** Rows below their titles, each column as wide as its widest cell. Cells may hold colours. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[], style: Style): string {
  const titles = columns.map(({ title }) => title);
  const widths = columns.map((_, index) => Math.max(...[titles, ...rows].map((row) => width(row[index] ?? ""))));
  const line = (row: readonly string[]): string =>
    columns
      .map(({ align }, index) => pad(row[index] ?? "", widths[index] ?? 0, align ?? "left"))
      .join(GAP)
      .trimEnd();
  return [style.bold(line(titles)), ...rows.map(line)].map((text) => `${text}\n`).join("");
}

/** Names and values in two columns; a value that is too long goes on below its own start. */
export function formatFields(fields: readonly Field[], indent: string, columns: number): string {
  const labelWidth = Math.max(...fields.map(([label]) => width(label)));
  const start = indent.length + labelWidth + GAP.length;
  return fields
    .map(([label, value]) => {
      const [first = "", ...rest] = wrap(value, Math.max(columns - start, 20));
      const head = `${indent}${pad(label, labelWidth, "left")}${GAP}${first}`;
      return [head, ...rest.map((text) => " ".repeat(start) + text)].map((text) => `${text.trimEnd()}\n`).join("");
    })
    .join("");
}

/** The lines of a text that is broken between words. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  // A no-break space holds a number and its noun together, and is printed as a plain one.
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && width(line) + 1 + width(word) <= columns) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => line.replaceAll("\u00a0", " "));
}

function width(text: string): number {
  return stripVTControlCharacters(text).length;
}

function pad(text: string, columns: number, align: "left" | "right"): string {
  const blanks = " ".repeat(Math.max(columns - width(text), 0));
  return align === "left" ? text + blanks : blanks + text;
}
