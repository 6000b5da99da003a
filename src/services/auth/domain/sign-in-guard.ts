import { isIPv6 } from "node:net";
import type { SignInStore, StoredAttempt } from "../store/store.js";
import { sha256 } from "./secret-text.js";

/** Failures of one bucket that are waited for. */
const MAX_FAILURES = 10;
const WINDOW_MILLISECONDS = 15 * 60 * 1000;
/** After that an attempt of which nothing was heard counts as failed: a replica was killed in the middle of it. */
const PENDING_MILLISECONDS = 60 * 1000;
const KNOWN_ORIGIN_MILLISECONDS = 30 * 24 * 60 * 60 * 1000;
const RETRY_PENDING_SECONDS = 1;

export interface SignInAttempt {
  /** What is signed in with: `password:alice`. Whether there is such an account matters not. */
  readonly account: string;
  /** Address that the attempt comes from. */
  readonly address: string;
}

export type GuardedSignIn<T> =
  | { readonly outcome: "signed-in"; readonly identity: T }
  | { readonly outcome: "refused" }
  | { readonly outcome: "locked"; readonly retryAfterSeconds: number };

export interface SignInGuardOptions {
  readonly store: SignInStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Bounds how often somebody can guess: at most ten failures in fifteen minutes for an account, over all replicas. An address
 * that the account signed in from within thirty days has ten of its own; all others share ten. So strangers who guess lock out
 * each other, and not the user where the user usually is.
 *
 * A locked account is refused at once, without asking the identity back-end: a flood costs no hashing of passwords. The answer
 * tells nothing: it is the same for an account that there is not, and for the right password.
 */
export class SignInGuard {
  constructor(private readonly options: SignInGuardOptions) {}

  /**
   * @param signIn resolves to undefined when the credentials are wrong. What it rejects with counts for nothing
   * @throws StoreUnavailableError when nobody can tell how many have failed
   */
  async attempt<T>(attempt: SignInAttempt, signIn: () => Promise<T | undefined>): Promise<GuardedSignIn<T>> {
    const { store, now } = this.options;
    const account = accountKey(attempt.account);
    const origin = digest("origin", account, network(attempt.address));
    const isKnown = await store.isKnownOrigin(origin, new Date(now()));
    const bucket = isKnown ? digest("failures of a known origin", origin.toString("hex")) : digest("failures", account);

    // Counted before it is tried: else a thousand at the same time would all be tried before the first had failed.
    const at = new Date(now());
    const retryAfterSeconds = await this.change(bucket, at, (attempts) => reserve(attempts, at));
    if (retryAfterSeconds > 0) return { outcome: "locked", retryAfterSeconds };

    let identity;
    try {
      identity = await signIn();
    } catch (error) {
      // Should the store be down as well, the attempt counts as failed.
      await this.change(bucket, at, (attempts) => ({
        attempts: withoutPending(attempts, at),
        result: undefined,
      })).catch(() => undefined);
      throw error;
    }
    if (identity === undefined) {
      await this.change(bucket, at, (attempts) => ({ attempts: settled(attempts, at), result: undefined }));
      return { outcome: "refused" };
    }
    // Who succeeds forgives the failures of the same place, and of no other.
    await this.change(bucket, at, (attempts) => {
      const rest = withoutPending(attempts, at);
      return { attempts: isKnown ? rest.filter(({ isSettled }) => !isSettled) : rest, result: undefined };
    });
    await store.rememberOrigin(origin, new Date(at.getTime() + KNOWN_ORIGIN_MILLISECONDS));
    return { outcome: "signed-in", identity };
  }

  private change<T>(
    bucket: Uint8Array,
    at: Date,
    change: (attempts: readonly StoredAttempt[]) => { readonly attempts: readonly StoredAttempt[]; readonly result: T },
  ): Promise<T> {
    // An attempt counts for the window from when it was made, or given up.
    const until = new Date(at.getTime() + PENDING_MILLISECONDS + WINDOW_MILLISECONDS);
    return this.options.store.change(bucket, until, change);
  }
}

/** @returns seconds to wait; 0 when the attempt may be made, and is counted */
function reserve(
  attempts: readonly StoredAttempt[],
  at: Date,
): { readonly attempts: readonly StoredAttempt[]; readonly result: number } {
  const now = at.getTime();
  const counted = attempts
    .map((attempt) => ({
      ...attempt,
      isSettled: attempt.isSettled || attempt.at.getTime() <= now - PENDING_MILLISECONDS,
    }))
    .filter((attempt) => attempt.at.getTime() > now - WINDOW_MILLISECONDS)
    .sort((one, other) => one.at.getTime() - other.at.getTime());
  const [oldest] = counted;
  if (oldest === undefined || counted.length < MAX_FAILURES) {
    return { attempts: [...counted, { at, isSettled: false }], result: 0 };
  }
  const isPending = counted.some(({ isSettled }) => !isSettled);
  const untilOldestEnds = Math.ceil((oldest.at.getTime() + WINDOW_MILLISECONDS - now) / 1000);
  return { attempts: counted, result: isPending ? RETRY_PENDING_SECONDS : untilOldestEnds };
}

/** Two that began in the same millisecond are alike. */
function pendingIndex(attempts: readonly StoredAttempt[], at: Date): number {
  return attempts.findIndex((attempt) => !attempt.isSettled && attempt.at.getTime() === at.getTime());
}

function withoutPending(attempts: readonly StoredAttempt[], at: Date): readonly StoredAttempt[] {
  const index = pendingIndex(attempts, at);
  return attempts.filter((_, position) => position !== index);
}

function settled(attempts: readonly StoredAttempt[], at: Date): readonly StoredAttempt[] {
  const index = pendingIndex(attempts, at);
  return attempts.map((attempt, position) => (position === index ? { ...attempt, isSettled: true } : attempt));
}

/**
 * One key for every spelling that a directory may take for the same name: directories and databases ignore case, width, accents,
 * blanks and what is not printed, some of them. Two users whose names differ only so share their strangers' ten.
 */
function accountKey(account: string): string {
  return account
    .normalize("NFKD")
    .replaceAll(/[\p{Mark}\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Control}]/gu, "")
    .toUpperCase()
    .toLowerCase();
}

/** An IPv6 host has a whole /64, and changes its address within it from day to day. */
function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [start = "", end] = address.replace(/%.*$/, "").split("::");
  const groupsOf = (text: string) => (text === "" ? [] : text.split(":"));
  const missing = end === undefined ? 0 : 8 - groupsOf(start).length - groupsOf(end).length;
  const groups = [...groupsOf(start), ...Array<string>(Math.max(0, missing)).fill("0"), ...groupsOf(end ?? "")];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}

function digest(...parts: readonly string[]): Buffer {
  return sha256(JSON.stringify(parts));
}
