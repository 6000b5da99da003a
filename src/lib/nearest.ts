import { distance } from "fastest-levenshtein";

/** Fewer letters than this begin too many words to tell which one was meant. */
const SHORTEST_ABBREVIATION = 3;

/**
 * The candidate that the writer of `word` most likely meant: the only one that `word` abbreviates ("prod"), else the one
 * with the fewest letters to change, as long as these are few.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const written = word.toLowerCase();
  const abbreviated = candidates.filter((candidate) => candidate.toLowerCase().startsWith(written));
  if (written.length >= SHORTEST_ABBREVIATION && abbreviated.length === 1) return abbreviated[0];
  const [best] = candidates
    .map((candidate) => ({ candidate, steps: distance(written, candidate.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps);
  return best !== undefined && best.steps <= Math.max(2, word.length / 3) ? best.candidate : undefined;
}
