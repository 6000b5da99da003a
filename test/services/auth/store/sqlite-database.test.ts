import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { DatabaseSync } from "@photostructure/sqlite";
import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "../../../e2e/support/eventually.js";
import { nextTurn } from "../../../../src/services/auth/store/next-turn.js";
import { SqliteDatabase } from "../../../../src/services/auth/store/sqlite/sqlite-database.js";
import { StoreUnavailableError } from "../../../../src/services/auth/store/store.js";

describe("SQLite", () => {
  let folder: string;
  let path: string;
  let database: SqliteDatabase;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "kaas-sqlite-"));
    path = join(folder, "store.sqlite");
    database = SqliteDatabase.open(path);
    await database.transaction((session) => session.script("CREATE TABLE words (word TEXT PRIMARY KEY)"));
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  const write = (word: string) => database.run("INSERT INTO words (word) VALUES ($1)", word);
  const words = async () => (await database.all("SELECT word FROM words ORDER BY word")).map(({ word }) => word);

  test("commits the writes of many together, and takes back those only that fail", async () => {
    const outcomes = await Promise.allSettled(["a", "b", "a", "x\0", "c"].map(write));
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "rejected",
      "fulfilled",
    ]);
    expect(await words()).toEqual(["a", "b", "c"]);
    const other = new DatabaseSync(path);
    expect(other.prepare("SELECT count(*) AS count FROM words").get()).toMatchObject({ count: 3 });
    other.close();
  });

  test("tells a write only when every process can read it", async () => {
    const other = new DatabaseSync(path);
    const count = other.prepare("SELECT count(*) AS count FROM words");
    for (let turn = 1; turn <= 20; turn += 1) {
      await Promise.all([write(`${turn}`), write(`${turn}+`)]);
      expect(count.get()).toMatchObject({ count: turn * 2 });
    }
    other.close();
  });

  test("shows nobody what a transaction has not committed, and takes in nothing of others", async () => {
    const transaction = database.transaction(async (session) => {
      await session.run("INSERT INTO words (word) VALUES ($1)", "half");
      await nextTurn();
      throw new TypeError("defect");
    });
    const failed = expect(transaction).rejects.toThrow(TypeError);
    await Promise.resolve();
    await Promise.resolve();
    const [seen] = await Promise.all([words(), write("whole"), failed]);
    expect(seen).not.toContain("half");
    expect(await words()).toEqual(["whole"]);
  });

  test("lets reads in while a transaction waits for its turn", async () => {
    const order: string[] = [];
    await Promise.all([
      database.transaction(async (session) => {
        await session.run("INSERT INTO words (word) VALUES ($1)", "one");
        order.push("transaction");
      }),
      words().then(() => order.push("read")),
    ]);
    expect(order).toEqual(["read", "transaction"]);
  });

  test("copies the log into the file soon, beside the reviews", async () => {
    await write("a");
    // What the file holds without its log.
    const inTheFile = (): unknown => {
      const copy = join(folder, "copy.sqlite");
      copyFileSync(path, copy);
      const other = new DatabaseSync(copy);
      try {
        return other.prepare("SELECT word FROM words").all();
      } catch {
        return "no table yet";
      } finally {
        other.close();
      }
    };
    expect(inTheFile()).toBe("no table yet");
    await eventually(() => {
      expect(inTheFile()).toEqual([{ word: "a" }]);
      return Promise.resolve();
    });
  });

  test("is for its owner to read only", async () => {
    await write("a");
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("is unavailable when the disk is full, keeps nothing by halves, and goes on when there is room", async () => {
    await database.transaction((session) => session.script("PRAGMA max_page_count = 1")).catch(() => undefined);
    const long = "x".repeat(100_000);
    for (const outcome of await Promise.allSettled([write("a"), write(long), write("b")])) {
      expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(StoreUnavailableError) });
    }
    const transaction = database.transaction(async (session) => {
      await session.run("INSERT INTO words (word) VALUES ($1)", "c");
      await session.run("INSERT INTO words (word) VALUES ($1)", long);
    });
    await expect(transaction).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(await words()).toEqual([]);
    await database.transaction((session) => session.script("PRAGMA max_page_count = 100000"));
    await write(long);
    expect(await words()).toEqual([long]);
  });

  test("is unavailable when another process does not let go of it", async () => {
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    await expect(write("a")).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(database.transaction(() => Promise.resolve())).rejects.toBeInstanceOf(StoreUnavailableError);
    // Readers do not wait.
    expect(await words()).toEqual([]);
    other.exec("ROLLBACK");
    other.close();
    await write("a");
    expect(await words()).toEqual(["a"]);
  });

  test("is unavailable where there is no folder, and in a file that is no database", () => {
    expect(() => SqliteDatabase.open(join(folder, "none", "store.sqlite"))).toThrow(StoreUnavailableError);
    const text = join(folder, "text");
    writeFileSync(text, "no database ".repeat(1000));
    expect(() => SqliteDatabase.open(text)).toThrow(StoreUnavailableError);
  });

  test("is told apart from a mistake of ours", async () => {
    await expect(database.all("SELECT nothing FROM nowhere")).rejects.not.toBeInstanceOf(StoreUnavailableError);
    await expect(database.run("SELEC 1")).rejects.not.toBeInstanceOf(StoreUnavailableError);
  });
});
