import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { readMigrations } from "../../../src/services/auth/store/migrate.js";
import { ADMIN_TOKEN, AuthService } from "../support/auth-service.js";
import { Postgres } from "../support/postgres.js";

interface MadeToken {
  readonly id: string;
  readonly token: string;
}

const USER = "alice@example.com";
const newUser = async (service: AuthService) =>
  (await service.call<{ readonly id: string }>("POST", "/users", { username: USER })).id;
const newToken = (service: AuthService, userId: string) =>
  service.call<MadeToken>("POST", "/tokens", { user_id: userId, description: "made under load" });
const review = (service: AuthService, token: string) =>
  service.call<{ readonly status: { readonly authenticated: boolean; readonly error?: string } }>(
    "POST",
    "/authenticate/token",
    { spec: { token } },
  );

/** Those of the tokens that are not taken for the user's. */
async function notTaken(service: AuthService, tokens: readonly MadeToken[]): Promise<readonly string[]> {
  const refused: string[] = [];
  const rest = [...tokens];
  const worker = async () => {
    for (let one = rest.pop(); one !== undefined; one = rest.pop()) {
      if (!(await review(service, one.token)).status.authenticated) refused.push(one.id);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, worker));
  return refused;
}

async function listed(service: AuthService): Promise<readonly { readonly id: string }[]> {
  const all: { readonly id: string }[] = [];
  for (let after = ""; ;) {
    const answer = await fetch(`${service.url}/tokens?limit=1000${after}`, {
      headers: { "x-auth-token": ADMIN_TOKEN },
    });
    all.push(...((await answer.json()) as { readonly id: string }[]));
    const next = answer.headers.get("x-next");
    if (next === null) return all;
    after = `&after=${next}`;
  }
}

const CLIENTS = 8;
const TOKENS = 10_000;
const KILLS = 20;

describe("SQLite", () => {
  test("keeps every token that was acknowledged, and no half of another, over twenty kills", async () => {
    const service = await AuthService.start();
    try {
      const userId = await newUser(service);
      const made: MadeToken[] = [];
      let lost = 0;
      const killAt = Array.from({ length: KILLS }, () => Math.floor(Math.random() * TOKENS)).sort((a, b) => a - b);
      while (made.length < TOKENS) {
        const goal = killAt.shift() ?? TOKENS;
        const before = made.length;
        let killed = false;
        const isKilled = () => killed;
        const client = async () => {
          while (!isKilled() && made.length < TOKENS) {
            try {
              made.push(await newToken(service, userId));
            } catch (error) {
              // Nothing was acknowledged: it may be there or not.
              if (!isKilled()) throw error;
              lost += 1;
              return;
            }
            if (made.length >= goal && goal < TOKENS && !isKilled()) {
              killed = true;
              // At any moment of the requests that are under way.
              await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
              await service.kill("SIGKILL");
            }
          }
        };
        await Promise.all(Array.from({ length: CLIENTS }, client));
        if (!isKilled()) break;
        await service.resume();
        expect(await notTaken(service, made.slice(before))).toEqual([]);
      }
      expect(killAt).toEqual([]);
      expect(made.length).toBeGreaterThanOrEqual(TOKENS);
      expect(await notTaken(service, made)).toEqual([]);
      const ids = new Set((await listed(service)).map(({ id }) => id));
      expect(made.filter(({ id }) => !ids.has(id))).toEqual([]);
      const unacknowledged = ids.size - made.length;
      expect(unacknowledged).toBeLessThanOrEqual(lost);
      process.stderr.write(
        `  ${made.length} acknowledged; of ${lost} requests that a kill cut off ${unacknowledged} were kept\n`,
      );
      await service.kill("SIGTERM");
      const database = new DatabaseSync(join(service.folder, "store.sqlite"));
      expect(database.prepare("PRAGMA integrity_check").all()).toMatchObject([{ integrity_check: "ok" }]);
      expect(database.prepare("PRAGMA foreign_key_check").all()).toEqual([]);
      const half =
        "SELECT count(*) AS count FROM tokens WHERE length(hash) <> 32 OR user_id <> ?1 OR expires <= created";
      expect(database.prepare(half).get(userId)).toMatchObject({ count: 0 });
      database.close();
    } finally {
      await service.close();
    }
  });

  test("is made ready once by two processes that start at the same time, and is for its owner to read only", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kaas-auth-store-"));
    const path = join(folder, "store.sqlite");
    const services = await Promise.all([1, 2].map(() => AuthService.start({ store: `{type: sqlite, path: ${path}}` })));
    const [one, other] = services as [AuthService, AuthService];
    const { token } = await newToken(one, await newUser(one));
    expect((await review(other, token)).status.authenticated).toBe(true);
    for (const file of [path, `${path}-wal`]) expect(statSync(file).mode & 0o777).toBe(0o600);
    await Promise.all(services.map((service) => service.close()));
    rmSync(folder, { recursive: true });
  });

  test("comes down to an earlier version's migrations by a flag, and up again by a start", async () => {
    const service = await AuthService.start();
    const { token } = await newToken(service, await newUser(service));
    await service.kill("SIGTERM");
    const names = readMigrations().map(({ name }) => name);
    const migrateDown = (last: string) =>
      spawnSync(
        process.execPath,
        [
          "--import",
          "tsx",
          "src/services/auth/main.ts",
          "-config-file",
          join(service.folder, "config.yaml"),
          "-migrate-down-to",
          last,
        ],
        { encoding: "utf8", env: { ...process.env, NODE_OPTIONS: "" } },
      );
    const unknown = migrateDown("1795200000_no_such");
    expect(unknown).toMatchObject({ status: 2, stdout: "" });
    expect(unknown.stderr).toContain(`it has seen ${names.join(", ")}`);

    const down = migrateDown(names[0] ?? "");
    const taken = names.slice(1).reverse();
    expect(down.stdout.split("\n").slice(0, -2)).toEqual(taken.map((name) => `${name} is taken back`));
    expect(down.status).toBe(0);
    await service.resume();
    expect((await review(service, token)).status.authenticated).toBe(true);
    await service.close();
  });
});

describe("two replicas on PostgreSQL", () => {
  let postgres: Postgres;
  let folder: string;
  let replicas: readonly [AuthService, AuthService];
  let userId: string;
  beforeAll(async () => {
    postgres = await Postgres.start();
    folder = mkdtempSync(join(tmpdir(), "kaas-auth-url-"));
    const file = join(folder, "url");
    writeFileSync(file, await postgres.createDatabase());
    const start = () => AuthService.start({ store: `{type: postgres, url: {file: ${file}}}` });
    replicas = await Promise.all([start(), start()]);
    userId = await newUser(replicas[0]);
  });
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.close()));
    await postgres.stop();
    rmSync(folder, { recursive: true });
  });

  test("take a token at once that the other made, and refuse at once what it deleted", async () => {
    for (let turn = 0; turn < 50; turn += 1) {
      const [one, other] = turn % 2 === 0 ? replicas : [replicas[1], replicas[0]];
      const { id, token } = await newToken(one, userId);
      expect((await review(other, token)).status.authenticated).toBe(true);
      await one.call("DELETE", `/tokens/${id}`);
      expect((await review(other, token)).status).toMatchObject({ authenticated: false, error: "Token deleted" });
    }
  });

  test("count failures to sign in together", async () => {
    const signIn = async (replica: AuthService) => {
      const body = JSON.stringify({ username: "mallory", password: "not the password" });
      const answer = await fetch(`${replica.url}/sign-in`, { method: "POST", body });
      return { status: answer.status, retryAfter: answer.headers.get("retry-after") };
    };
    const statuses = [];
    for (let turn = 0; turn < 10; turn += 1) statuses.push((await signIn(replicas[turn % 2] ?? replicas[0])).status);
    expect(statuses).toEqual(Array<number>(10).fill(401));
    for (const replica of replicas) {
      const { status, retryAfter } = await signIn(replica);
      expect(status).toBe(429);
      expect(Number(retryAfter)).toBeGreaterThan(60);
      expect(Number(retryAfter)).toBeLessThanOrEqual(15 * 60);
    }
  });

  test("leave no review undecided when one is killed under load and clients try the other", async () => {
    const tokens: MadeToken[] = [];
    for (let count = 0; count < 50; count += 1) tokens.push(await newToken(replicas[0], userId));
    const total = 4000;
    let asked = 0;
    let decided = 0;
    let retried = 0;
    const client = async (number: number) => {
      while (asked < total) {
        const turn = (asked += 1);
        if (turn === total / 4) replicas[1].signal("SIGKILL");
        const { token } = tokens[turn % tokens.length] ?? { token: "" };
        const ask = (replica: number) => review(replicas[replica % 2] ?? replicas[0], token);
        const answer = await ask(number).catch(() => {
          retried += 1;
          return ask(number + 1);
        });
        if (answer.status.authenticated) decided += 1;
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
    expect(retried).toBeGreaterThan(0);
    expect(decided).toBe(asked);
    await replicas[1].resume();
    expect((await review(replicas[1], tokens[0]?.token ?? "")).status.authenticated).toBe(true);
  });

  test("say 503 while PostgreSQL is gone, and decide again once it is back", async () => {
    const { token } = await newToken(replicas[0], userId);
    await postgres.end("SIGQUIT");
    await expect(review(replicas[0], token)).rejects.toThrow(/503 .*storeUnavailable/);
    await expect(replicas[0].call("GET", "/readyz")).rejects.toThrow("503");
    await postgres.startAgain();
    expect((await review(replicas[0], token)).status.authenticated).toBe(true);
  });
});
