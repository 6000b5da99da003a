import { expect, test } from "@jest/globals";
import { TokenUses } from "../../../../src/services/auth/domain/token-uses.js";
import { StoreUnavailableError } from "../../../../src/services/auth/store/store.js";

const NOON = Date.parse("2026-11-21T12:00:00.000Z");
const seconds = (count: number) => new Date(NOON + count * 1000);

/** What the store was told, and whether it takes it. */
class Uses {
  readonly batches: ReadonlyMap<string, Date>[] = [];
  isDown = false;

  recordUses(uses: ReadonlyMap<string, Date>): Promise<void> {
    if (this.isDown) return Promise.reject(new StoreUnavailableError("down"));
    this.batches.push(new Map(uses));
    return Promise.resolve();
  }
}

test("uses of a minute are one, of that minute, and are written once", async () => {
  const store = new Uses();
  const uses = new TokenUses(store);
  for (const count of [1, 30, 59]) uses.record("a", seconds(count));
  uses.record("b", seconds(5));
  await uses.flush();
  uses.record("a", seconds(59));
  await uses.flush();
  expect(store.batches).toEqual([
    new Map([
      ["a", seconds(0)],
      ["b", seconds(0)],
    ]),
  ]);
});

test("a use of the next minute is written again", async () => {
  const store = new Uses();
  const uses = new TokenUses(store);
  uses.record("a", seconds(0));
  await uses.flush();
  uses.record("a", seconds(60));
  await uses.flush();
  expect(store.batches.map((batch) => batch.get("a"))).toEqual([seconds(0), seconds(60)]);
});

test("what a store that is down did not take is written with the next batch, the later use of two", async () => {
  const store = new Uses();
  const uses = new TokenUses(store);
  uses.record("a", seconds(0));
  uses.record("b", seconds(0));
  store.isDown = true;
  await expect(uses.flush()).rejects.toBeInstanceOf(StoreUnavailableError);
  uses.record("a", seconds(60));
  store.isDown = false;
  await uses.flush();
  expect(store.batches).toEqual([
    new Map([
      ["a", seconds(60)],
      ["b", seconds(0)],
    ]),
  ]);
});

test("no more than a limit are written at a time, those that wait longest first", async () => {
  const store = new Uses();
  const uses = new TokenUses(store);
  for (const id of ["a", "b", "c"]) uses.record(id, seconds(0));
  await uses.flush(2);
  uses.record("a", seconds(60));
  await uses.flush(2);
  await uses.flush(2);
  expect(store.batches.map((batch) => [...batch.keys()])).toEqual([
    ["a", "b"],
    ["c", "a"],
  ]);
});
