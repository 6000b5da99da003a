import { setTimeout as delay } from "node:timers/promises";

/**
 * Runs an attempt to sign in, and tells a refusal no sooner than `milliseconds` after its beginning. Directories refuse a user
 * that there is not without hashing the password, and so sooner than a wrong password: the time would tell who exists.
 */
export async function refuseSteadily<T>(
  milliseconds: number,
  attempt: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const taken = new AbortController();
  const earliest = delay(milliseconds, undefined, { signal: taken.signal }).catch(() => undefined);
  try {
    const result = await attempt();
    if (result === undefined) await earliest;
    return result;
  } finally {
    taken.abort();
  }
}
