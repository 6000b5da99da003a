/** PromQL on one line: sources break long queries, and shells, YAML and consoles are spared the breaks. */
export function oneLine(expr: string): string {
  return expr
    .trim()
    .replace(/\(\s*\n\s*/g, "(")
    .replace(/\s*\n\s*\)/g, ")")
    .replace(/\s*\n\s*/g, " ");
}
