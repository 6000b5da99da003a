/** A text of CEL. */
export function text(value: string): string {
  return JSON.stringify(value);
}

/** A list of texts of CEL. */
export function texts(values: readonly string[]): string {
  return `[${values.map(text).join(", ")}]`;
}
