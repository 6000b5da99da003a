import { randomBytes, randomUUID } from "node:crypto";
import type {
  NewStoredToken,
  Page,
  PageRequest,
  Store,
  StoredCluster,
  StoredUser,
} from "../../../src/services/auth/store/store.js";

/** Noon of a day in the past. What a test makes it makes around then. */
export const NOON = new Date("2026-03-04T12:00:00.123Z");

export function after(seconds: number): Date {
  return new Date(NOON.getTime() + seconds * 1000);
}

export function hash(): Uint8Array {
  return new Uint8Array(randomBytes(32));
}

/** A user that no other test knows. */
export function user(fields: Partial<StoredUser> = {}): StoredUser {
  const id = randomUUID();
  return { id, backend: "local", subject: `subject-${id}`, username: `user-${id}`, created: NOON, ...fields };
}

export function token(userId: string, fields: Partial<NewStoredToken> = {}): NewStoredToken {
  return {
    id: randomUUID(),
    hash: hash(),
    userId,
    description: "a token",
    created: NOON,
    expires: after(3600),
    ...fields,
  };
}

export function cluster(fields: Partial<StoredCluster> = {}): StoredCluster {
  const id = randomUUID();
  return { id, name: `c-${id}`, kubeconfig: "kind: Config", adminRole: "admin", created: NOON, ...fields };
}

/** What a store says of a token that was just made. */
export function stored({ hash: _hash, ...rest }: NewStoredToken): Omit<NewStoredToken, "hash"> {
  return rest;
}

export async function userWithTokens(store: Store, tokens: readonly Partial<NewStoredToken>[]) {
  const owner = await store.users.ensure(user());
  const made = tokens.map((fields) => token(owner.id, fields));
  await Promise.all(made.map((one) => store.tokens.create(one)));
  return { owner, tokens: made };
}

/** Every page of a list. */
export async function pages<T>(
  limit: number,
  list: (request: PageRequest) => Promise<Page<T>>,
): Promise<readonly (readonly T[])[]> {
  const read: (readonly T[])[] = [];
  for (let request: PageRequest = { limit }; ;) {
    const page = await list(request);
    read.push(page.items);
    if (page.next === undefined) return read;
    // A list that does not go on would be read for ever.
    if (page.next === request.after) throw new Error(`the page after ${page.next} ends where it began`);
    request = { limit, after: page.next };
  }
}

/** Texts that mean something to a database, or are hard to keep. */
export const TRAPS = [
  "' OR 1=1 --",
  '"; DROP TABLE users; --',
  "$1 ?1 %s \\",
  "ünïcödé 👩‍🚀 עברית",
  "\u0001\u007f\t\n",
  "null",
  "",
] as const;

/** What no list told as the position of its next page. */
export const GARBAGE = ["", ".", "garbage", "1.x", "-1.0", "1e9.0", "1.'--", "9".repeat(20), "1.\0", "\u{1F680}.1"];
