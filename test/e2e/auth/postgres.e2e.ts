import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateUp, readMigrations } from "../../../src/services/auth/store/migrate.js";
import { openStore } from "../../../src/services/auth/store/open-store.js";
import { PostgresDatabase } from "../../../src/services/auth/store/postgres/postgres-database.js";
import { SqlStore } from "../../../src/services/auth/store/sql-store.js";
import { ConflictError, StoreUnavailableError, type Store } from "../../../src/services/auth/store/store.js";
import { describeMigrations } from "../../conformance/auth-migrations.js";
import { describeStore } from "../../conformance/auth-store.js";
import { RecordingDatabase } from "../../conformance/auth-store/recording-database.js";
import { after, cluster, hash, token, user, userWithTokens } from "../../conformance/auth-store/samples.js";
import { eventually } from "../support/eventually.js";
import { Postgres } from "../support/postgres.js";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await Postgres.start();
});
afterAll(() => postgres.stop());

const open = (url: string, connections = 10) => openStore({ type: "postgres", url, connections });

describeStore("PostgreSQL", async () => {
  const store = await open(await postgres.createDatabase());
  return { store, stop: () => store.close() };
});

describeStore("SQLite in a file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kaas-sqlite-"));
  const store = await openStore({ type: "sqlite", path: join(folder, "store.sqlite") });
  return {
    store,
    stop: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
});

describeMigrations("PostgreSQL", async () => {
  const url = await postgres.createDatabase();
  const database = new PostgresDatabase({ url, connections: 2 });
  const columns = `SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(collation_name, '') ||
    ' ' || is_nullable AS line FROM information_schema.columns WHERE table_schema = 'public'`;
  const indexes = "SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public'";
  return {
    database,
    schema: async () => {
      const rows = await postgres.query(url, `SELECT line FROM (${columns} UNION ALL ${indexes}) s ORDER BY line`);
      return rows.map(({ line }) => String(line)).filter((line) => !line.includes("migrations"));
    },
    stop: () => database.close(),
  };
});

describe("PostgreSQL", () => {
  test("is made ready once by many replicas that start at the same time", async () => {
    const url = await postgres.createDatabase();
    const databases = Array.from({ length: 8 }, () => new PostgresDatabase({ url, connections: 2 }));
    const ran = await Promise.all(databases.map((database) => migrateUp(database)));
    await Promise.all(databases.map((database) => database.close()));
    expect(ran.filter((names) => names.length > 0)).toEqual([readMigrations().map(({ name }) => name)]);
  });

  test("compares texts by their bytes, whatever its locale is", async () => {
    const url = await postgres.createDatabase();
    const store = await open(url);
    await store.close();
    const [row] = await postgres.query(
      url,
      "SELECT count(*) AS others FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'",
    );
    expect(Number(row?.["others"])).toBe(0);
  });

  test("tells every replica at once what one of them did", async () => {
    const url = await postgres.createDatabase();
    const [one, other] = [await open(url), await open(url)];
    const { owner } = await userWithTokens(one, []);
    for (let turn = 0; turn < 100; turn += 1) {
      const made = token(owner.id);
      await one.tokens.create(made);
      expect((await other.tokens.findByHash(made.hash))?.token.deleted).toBeUndefined();
      await other.tokens.delete(made.id, after(1));
      expect((await one.tokens.findByHash(made.hash))?.token.deleted).toEqual(after(1));
    }
    await Promise.all([one.close(), other.close()]);
  });

  test("runs transactions again that were in each other's way", async () => {
    const url = await postgres.createDatabase();
    const store = await open(url);
    const [one, other] = (await userWithTokens(store, [{}, {}])).tokens;
    const database = new PostgresDatabase({ url, connections: 4 });
    let runs = 0;
    const both = (first: string, second: string) =>
      database.transaction(async (session) => {
        runs += 1;
        const sql = "UPDATE tokens SET description = description || $1 WHERE id = $2";
        await session.run(sql, "+", first);
        await new Promise((resolve) => setTimeout(resolve, 200));
        await session.run(sql, "+", second);
      });
    const [a = "", b = ""] = [one?.id, other?.id];
    await Promise.all([both(a, b), both(b, a)]);
    expect(runs).toBeGreaterThan(2);
    for (const id of [a, b]) expect((await store.tokens.find(id))?.description).toBe("a token++");
    await Promise.all([database.close(), store.close()]);
  });

  test("keeps nothing of a transaction that failed", async () => {
    const url = await postgres.createDatabase();
    const store = await open(url);
    const database = new PostgresDatabase({ url, connections: 1 });
    const { owner } = await userWithTokens(store, []);
    const failing = database.transaction(async (session) => {
      await session.run("DELETE FROM users WHERE id = $1", owner.id);
      throw new TypeError("defect");
    });
    await expect(failing).rejects.toThrow(TypeError);
    expect(await store.users.find(owner.id)).toEqual(owner);
    // The only connection is free and sound.
    expect(await database.all("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await Promise.all([database.close(), store.close()]);
  });
});

describe("PostgreSQL that does not answer", () => {
  let url: string;
  let store: Store;
  beforeAll(async () => {
    url = await postgres.createDatabase();
    store = await open(url, 2);
  });
  afterAll(() => store.close());

  const expectUnavailable = async (what: Promise<unknown>) => {
    await expect(what).rejects.toBeInstanceOf(StoreUnavailableError);
  };

  test.each(["SIGINT", "SIGQUIT"] as const)(
    "is unavailable once %s has ended it, and is used again later",
    async (signal) => {
      const made = (await userWithTokens(store, [{}])).tokens[0] ?? token("");
      const asking = Array.from({ length: 20 }, async () => {
        for (;;) await store.tokens.findByHash(made.hash);
      });
      const outcomes = Promise.allSettled(asking);
      await postgres.end(signal);
      try {
        for (const outcome of await outcomes) {
          expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(StoreUnavailableError) });
        }
        await expectUnavailable(store.ping());
        await expectUnavailable(store.tokens.create(token(made.userId)));
        await expectUnavailable(store.users.ensure(user()));
        await expectUnavailable(open(url));
      } finally {
        await postgres.startAgain();
      }
      await eventually(() => store.ping());
      expect((await store.tokens.findByHash(made.hash))?.token.id).toBe(made.id);
    },
  );

  test("is unavailable in a bounded time while it is stopped", async () => {
    await store.ping();
    await postgres.pause();
    try {
      const start = process.hrtime.bigint();
      await Promise.all([
        ...Array.from({ length: 10 }, () => expectUnavailable(store.ping())),
        expectUnavailable(store.users.ensure(user())),
      ]);
      // Seven seconds at most for a statement, and before it five for a connection.
      expect(Number(process.hrtime.bigint() - start) / 1e9).toBeLessThan(20);
    } finally {
      await postgres.resume();
    }
    await eventually(() => store.ping());
  });

  test("is unavailable for a statement whose connection its operator ended, and for no other", async () => {
    const slow = new PostgresDatabase({ url, connections: 1 });
    const sleeping = slow.all("SELECT pg_sleep(4)::text AS slept");
    const failed = expectUnavailable(sleeping);
    await eventually(async () => {
      const ended = await postgres.query(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'",
      );
      expect(ended).toHaveLength(1);
    });
    await failed;
    expect(await slow.all("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await slow.close();
  });

  test("is unavailable when a lock is held for too long", async () => {
    const locker = new PostgresDatabase({ url, connections: 1 });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const locked = new Promise<void>((resolve) => {
      void locker.transaction(
        async (session) => {
          await session.script("LOCK TABLE clusters");
          resolve();
          await held;
        },
        { alone: true },
      );
    });
    await locked;
    await expectUnavailable(store.clusters.find(randomUUID()));
    release();
    await eventually(() => store.clusters.find(randomUUID()));
    await locker.close();
  });

  test("is unavailable when it only reads, as a standby does", async () => {
    const name = url.split("/").at(-1) ?? "";
    await postgres.query(postgres.url("postgres"), `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    const reader = new PostgresDatabase({ url, connections: 1 });
    await expectUnavailable(reader.run("DELETE FROM clusters WHERE id = $1", "none"));
    await reader.close();
    await postgres.query(postgres.url("postgres"), `ALTER DATABASE ${name} RESET default_transaction_read_only`);
  });

  test("is unavailable where there is no such database, server, host or user", async () => {
    const none = postgres.url("no_such");
    for (const wrong of [
      none,
      none.replace(/:\d+\//, ":1/"),
      none.replace("127.0.0.1", "no-such-host.invalid"),
      url.replace("postgres@", "nobody@"),
    ]) {
      await expectUnavailable(open(wrong));
    }
  });

  test("is told apart from a mistake of ours", async () => {
    const database = new PostgresDatabase({ url, connections: 1 });
    for (const wrong of ["SELECT nothing FROM nowhere", "SELEC 1"]) {
      await expect(database.all(wrong)).rejects.not.toBeInstanceOf(StoreUnavailableError);
    }
    const made = cluster();
    await store.clusters.create(made);
    await expect(store.clusters.create(cluster({ name: made.name }))).rejects.toBeInstanceOf(ConflictError);
    await expect(store.tokens.create(token(randomUUID(), { hash: hash() }))).rejects.not.toBeInstanceOf(
      StoreUnavailableError,
    );
    await database.close();
  });
});

describe("a quarter of a million tokens of one user", () => {
  const TOKENS = 250_000;
  const LIMIT = 100;
  let url: string;
  let recording: RecordingDatabase;
  let store: Store;
  let userId: string;
  beforeAll(async () => {
    url = await postgres.createDatabase();
    const database = new PostgresDatabase({ url, connections: 2 });
    await migrateUp(database);
    recording = new RecordingDatabase(database);
    store = new SqlStore(recording);
    // So many, and these two so far apart, that one look into the index is always cheaper than a part of it in order.
    userId = (await store.users.ensure(user({ id: "fffffff0-0000-4000-8000-000000000000" }))).id;
    const other = (await store.users.ensure(user({ id: "0000000f-0000-4000-8000-000000000000" }))).id;
    // Statistics are gathered when the test says so.
    for (const table of ["users", "tokens"])
      await postgres.query(url, `ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
    await postgres.query(
      url,
      "INSERT INTO users (id, backend, subject, username, created) SELECT gen_random_uuid(), 'local', n, n, 0 FROM generate_series(1, 20000) n",
    );
    // Every third is another's; all are as old as each other by the dozen.
    await postgres.query(
      url,
      `INSERT INTO tokens (id, hash, user_id, description, created, expires)
         SELECT gen_random_uuid(), sha256(n::text::bytea), CASE n % 3 WHEN 0 THEN '${other}' ELSE '${userId}' END, '',
           1700000000000 + n / 12, 4000000000000
         FROM generate_series(1, ${TOKENS * 1.5}) n`,
    );
  });
  afterAll(() => store.close());

  /** Rows that the server reads, by the plan that it keeps for a prepared statement. */
  const rowsRead = async (work: () => Promise<unknown>) => {
    let rows = 0;
    for (const { sql, values } of await recording.of(work)) {
      const literals = values.map((value) => {
        if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString("hex")}'`;
        return typeof value === "string" ? `'${value}'` : String(value);
      });
      const [explained] = await postgres.queryLast(url, [
        "SET plan_cache_mode = force_generic_plan",
        `PREPARE statement AS ${sql}`,
        `EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE statement (${literals.join(", ")})`,
      ]);
      const [{ Plan: plan }] = explained?.["QUERY PLAN"] as [{ readonly Plan: PlanNode }];
      rows += readBy(plan);
    }
    return rows;
  };

  test.each(["before", "after"])(
    "are listed and reviewed at the same cost, %s statistics are gathered",
    async (when) => {
      if (when === "after") await postgres.query(url, "ANALYZE");
      const [last] = await postgres.query(
        url,
        `SELECT created, id FROM tokens WHERE user_id = '${userId}' ORDER BY created DESC, id DESC OFFSET ${LIMIT} LIMIT 1`,
      );
      const near = `${String(last?.["created"])}.${String(last?.["id"])}`;
      const list = (page: { readonly after?: string }) => store.tokens.list({ userId }, { limit: LIMIT, ...page });
      expect((await list({ after: near })).items).toHaveLength(LIMIT);
      expect(await rowsRead(() => list({}))).toBeLessThanOrEqual(LIMIT + 1);
      expect(await rowsRead(() => list({ after: near }))).toBeLessThanOrEqual(LIMIT + 1);
      expect(await rowsRead(() => store.tokens.list({}, { limit: LIMIT, after: near }))).toBeLessThanOrEqual(LIMIT + 1);
      // A token and its user.
      const [one] = await postgres.query(url, "SELECT hash FROM tokens OFFSET 200000 LIMIT 1");
      expect(await rowsRead(() => store.tokens.findByHash(one?.["hash"] as Buffer))).toBe(2);
    },
  );

  test("are deleted with the user at once, and each soon", async () => {
    expect(await store.users.delete(userId, after(5))).toBe(true);
    expect((await store.tokens.list({ userId }, { limit: LIMIT })).items).toEqual([]);
  });
});

interface PlanNode {
  readonly "Node Type": string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly PlanNode[];
}

function readBy(node: PlanNode): number {
  const own = node["Node Type"].includes("Scan") ? node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0) : 0;
  return (node.Plans ?? []).map(readBy).reduce((sum, rows) => sum + rows, own * node["Actual Loops"]);
}
