import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { ExpiryWarnings, TOKENS_OF_A_DAY } from "../../../../src/services/auth/domain/expiry-warnings.js";
import { migrateUp } from "../../../../src/services/auth/store/migrate.js";
import { SqlStore } from "../../../../src/services/auth/store/sql-store.js";
import { SqliteDatabase } from "../../../../src/services/auth/store/sqlite/sqlite-database.js";
import { StoreUnavailableError, type Store } from "../../../../src/services/auth/store/store.js";
import { after, NOON, userWithTokens } from "../../../conformance/auth-store/samples.js";

const DAY = 24 * 60 * 60;
const WARNING_DAYS = 30;

let store: Store;
let now: number;
let told: string[];
let warnings: ExpiryWarnings;
beforeEach(async () => {
  const database = SqliteDatabase.open(":memory:");
  await migrateUp(database);
  store = new SqlStore(database);
  now = NOON.getTime();
  told = [];
  warnings = new ExpiryWarnings({ tokens: store.tokens, now: () => now, warn: ({ id }) => told.push(id) });
});
afterEach(() => store.close());

/** Ids of tokens that end so many seconds from noon. */
async function idsOf(...seconds: readonly number[]): Promise<readonly string[]> {
  const { tokens } = await userWithTokens(
    store,
    seconds.map((after_) => ({ expires: after(after_) })),
  );
  return tokens.map(({ id }) => id);
}

test("tokens that end within the time are told of, soonest first, and neither those that ended nor later ones", async () => {
  const [soon, , last] = await idsOf(1, WARNING_DAYS * DAY, WARNING_DAYS * DAY - 1, 0, -1, 300 * DAY);
  expect(await warnings.check(WARNING_DAYS)).toBe(2);
  expect(told).toEqual([soon, last]);
});

test("a token that ends at the turn of two days is told of once, at any millisecond", async () => {
  const ids = await idsOf(...[-0.001, 0, 0.001].map((beside) => 5 * DAY + beside));
  expect(await warnings.check(WARNING_DAYS)).toBe(3);
  expect([...told].sort()).toEqual([...ids].sort());
});

test("a token is told of once, whatever is asked later, and counted as long as it is valid", async () => {
  const [id] = await idsOf(40 * DAY);
  const counts = [];
  for (const day of [0, 9, 11, 20, 39, 41]) {
    now = after(day * DAY).getTime();
    counts.push(await warnings.check(WARNING_DAYS));
  }
  expect(counts).toEqual([0, 0, 1, 1, 1, 0]);
  expect(told).toEqual([id]);
});

test("a token that was deleted, or whose user was, is not told of", async () => {
  const { owner, tokens } = await userWithTokens(store, [{ expires: after(DAY) }, { expires: after(DAY) }]);
  await store.tokens.delete(tokens[0]?.id ?? "", NOON);
  expect(await warnings.check(WARNING_DAYS)).toBe(1);
  await store.users.delete(owner.id, NOON);
  expect(await warnings.check(WARNING_DAYS)).toBe(0);
  expect(told).toEqual([tokens[1]?.id]);
});

test("a longer time tells of more, and none tells of nothing", async () => {
  const [soon, later] = await idsOf(DAY, 50 * DAY);
  expect(await warnings.check(0)).toBe(0);
  await warnings.check(2);
  expect(told).toEqual([soon]);
  await warnings.check(60);
  expect(told).toEqual([soon, later]);
});

test("of one day so many are told of, and those of other days all the same", async () => {
  await idsOf(...Array.from({ length: TOKENS_OF_A_DAY + 1 }, () => DAY / 2));
  const [next] = await idsOf(1.5 * DAY);
  expect(await warnings.check(WARNING_DAYS)).toBe(TOKENS_OF_A_DAY + 1);
  expect(told).toHaveLength(TOKENS_OF_A_DAY + 1);
  expect(told).toContain(next);
});

test("what a store that is down did not tell is told of once it is back", async () => {
  const [first, second] = await idsOf(0.5 * DAY, 3.5 * DAY);
  let answers = 0;
  const failing = new ExpiryWarnings({
    tokens: {
      expiring: (...asked) => {
        answers += 1;
        if (answers === 3) return Promise.reject(new StoreUnavailableError("down"));
        return store.tokens.expiring(...asked);
      },
    },
    now: () => now,
    warn: ({ id }) => told.push(id),
  });
  await expect(failing.check(WARNING_DAYS)).rejects.toBeInstanceOf(StoreUnavailableError);
  expect(told).toEqual([first]);
  expect(await failing.check(WARNING_DAYS)).toBe(2);
  expect(told).toEqual([first, second]);
});
