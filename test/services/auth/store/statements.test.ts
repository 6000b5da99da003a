import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { migrateUp } from "../../../../src/services/auth/store/migrate.js";
import { SqlStore } from "../../../../src/services/auth/store/sql-store.js";
import { SqliteDatabase } from "../../../../src/services/auth/store/sqlite/sqlite-database.js";
import type { Store } from "../../../../src/services/auth/store/store.js";
import { RecordingDatabase } from "../../../conformance/auth-store/recording-database.js";
import { after, hash, NOON, user, userWithTokens } from "../../../conformance/auth-store/samples.js";

/** SQLite decides how it reads by the statement alone, as long as nobody gathers statistics: so it is with any number of rows. */
describe("statements of the store", () => {
  let database: SqliteDatabase;
  let recording: RecordingDatabase;
  let store: Store;
  let userId: string;
  let position: string;
  beforeAll(async () => {
    database = SqliteDatabase.open(":memory:");
    await migrateUp(database);
    recording = new RecordingDatabase(database);
    store = new SqlStore(recording);
    userId = (await userWithTokens(store, [{}, { created: after(1) }])).owner.id;
    position = (await store.tokens.list({ userId }, { limit: 1 })).next ?? "";
  });
  afterAll(() => database.close());

  /** How SQLite reads, of all statements together. */
  const plan = async (work: () => Promise<unknown>) => {
    const lines = [];
    for (const { sql, values } of await recording.of(work)) {
      const rows = await database.all(`EXPLAIN QUERY PLAN ${sql}`, ...values);
      lines.push(...rows.map(({ detail }) => String(detail)));
    }
    return lines;
  };

  test("read a review's token and user by their keys", async () => {
    expect(await plan(() => store.tokens.findByHash(hash()))).toEqual([
      "SEARCH t USING INDEX sqlite_autoindex_tokens_2 (hash=?)",
      "SEARCH u USING INDEX sqlite_autoindex_users_1 (id=?)",
    ]);
  });

  test("read a page of a user's tokens where it begins, and nothing before it", async () => {
    const first = await plan(() => store.tokens.list({ userId }, { limit: 100 }));
    const next = await plan(() => store.tokens.list({ userId }, { limit: 100, after: position }));
    const search = "SEARCH tokens USING INDEX tokens_of_user ((user_id,created,id)>(?,?,?) AND user_id<?)";
    expect([first, next]).toEqual([[search], [search]]);
  });

  test("read a page of all tokens and users in the order of an index", async () => {
    const page = { limit: 100, after: position };
    expect(await plan(() => store.tokens.list({}, page))).toEqual([
      "SEARCH tokens USING INDEX tokens_in_order ((created,id)>(?,?))",
    ]);
    expect(await plan(() => store.users.list({}, page))).toEqual([
      "SEARCH users USING INDEX users_in_order ((created,id)>(?,?))",
    ]);
  });

  const works: Readonly<Record<string, () => Promise<unknown>>> = {
    "find a token": () => store.tokens.find(userId),
    "list users by name": () => store.users.list({ username: "alice" }, { limit: 100 }),
    "find a user": () => store.users.find(userId),
    "find a session": () => store.sessions.find(hash()),
    "delete a user": () => store.users.delete(userId, NOON),
    "make a user again": () => store.users.ensure(user()),
    "delete a token": () => store.tokens.delete(userId, NOON),
    "record uses": () => store.tokens.recordUses(new Map([[userId, NOON]])),
    "tell what expires": () => store.tokens.expiring(NOON, after(60), 100),
    "purge tokens": () => store.tokens.purge(new Date(0), 100),
    "purge sessions": () => store.sessions.purge(new Date(0)),
    "purge attempts": () => store.signIns.purge(new Date(0)),
    "count an attempt": () =>
      store.signIns.change(hash(), NOON, (attempts) => ({ attempts: [...attempts], result: undefined })),
    "find what the issuer remembers": () => store.oidc.find(hash()),
    "find what the issuer remembers by reference": () => store.oidc.findByReference(hash()),
    "end a grant": () => store.oidc.deleteGrant(hash()),
    "end a user's grants": () => store.oidc.deleteOfUser(userId),
    "tell a user's clients": () => store.oidc.clientsOfUser(userId),
    "purge what the issuer remembers": () => store.oidc.purge(new Date(0), 100),
    "know an origin": () => store.signIns.isKnownOrigin(hash(), NOON),
  };
  test.each(Object.keys(works))("%s without reading a whole table", async (name) => {
    const lines = await plan(works[name] ?? (() => Promise.resolve()));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => /^SCAN (?!.*USING)/.test(line))).toEqual([]);
  });
});
