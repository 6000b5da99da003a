/** An entry of a list that stood there before. */
export interface Repetition {
  readonly index: number;
  /** Index of the equal entry that came first. */
  readonly first: number;
}

/** The entries that repeat an earlier one. */
export function repeated(entries: readonly (string | number)[]): readonly Repetition[] {
  return entries
    .map((entry, index) => ({ index, first: entries.indexOf(entry) }))
    .filter(({ index, first }) => first !== index);
}
