import { refusalOf, type Refusal } from "./refusal.js";

/** What AWS said to a question, or why it said nothing. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal; readonly permission: string };

/** For one question with its retries and pages: a region that does not answer must not hold the others up. */
const PATIENCE_MS = 12_000;

/**
 * Asks, and gives up in time.
 *
 * @param permission the IAM action that it takes: `ec2:DescribeVpcs`
 */
export async function ask<T>(permission: string, call: (abort: AbortSignal) => Promise<T>): Promise<Answer<T>> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  // Not every step of a call heeds the signal: credentials may come from a program of the user's.
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      abort.abort();
      reject(new DOMException("no answer", "TimeoutError"));
    }, PATIENCE_MS);
  });
  try {
    return { ok: true, value: await Promise.race([call(abort.signal), late]) };
  } catch (error) {
    return { ok: false, refusal: refusalOf(error), permission };
  } finally {
    clearTimeout(timer);
  }
}

/** The answer as `convert` makes it; a refusal stays one. */
export function mapAnswer<T, U>(answer: Answer<T>, convert: (value: T) => U): Answer<U> {
  return answer.ok ? { ok: true, value: convert(answer.value) } : answer;
}
