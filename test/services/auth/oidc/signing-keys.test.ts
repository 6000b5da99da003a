import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import * as client from "openid-client";
import { SqliteDatabase } from "../../../../src/services/auth/store/sqlite/sqlite-database.js";
import { CountedDatabase } from "../server/counted-database.js";
import { IssuerUnderTest } from "./issuer-under-test.js";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
let database: SqliteDatabase;
let replicas: IssuerUnderTest[];
beforeEach(() => {
  database = SqliteDatabase.open(":memory:");
  replicas = [];
});
afterEach(async () => {
  for (const replica of replicas) await replica.close();
  await database.close();
});

/** Of one process: two connections of SQLite would wait for each other in it. */
class SharedDatabase extends CountedDatabase {
  override close(): Promise<void> {
    return Promise.resolve();
  }
}

/** A replica over the store of all that a test starts. */
const start = async (options: { readonly encryptionKey?: "OTHER_KEY" } = {}) => {
  const replica = await IssuerUnderTest.start({ ...options, database: new SharedDatabase(database) });
  replicas.push(replica);
  return replica;
};
interface Key {
  readonly id: string;
  readonly signing: boolean;
  readonly signs_from: string;
}
const keysOf = (replica: IssuerUnderTest) => replica.service.get<Key[]>({ url: "/signing-keys" });
const rotate = (replica: IssuerUnderTest, body?: object) =>
  replica.service.get<Key[]>({ method: "POST", url: "/signing-keys", ...(body && { body }) });
const shownBy = async ({ origin }: IssuerUnderTest) => {
  const { keys } = (await (await fetch(`${origin}/oidc/jwks`)).json()) as { keys: Readonly<Record<string, string>>[] };
  return keys;
};
const idsShownBy = async (replica: IssuerUnderTest) => (await shownBy(replica)).map(({ kid }) => kid);
const kidOf = (token: string | undefined) =>
  (JSON.parse(Buffer.from(token?.split(".")[0] ?? "", "base64url").toString()) as { kid: string }).kid;
/** Signs in, with everything checked by the keys that are shown. */
const signIn = async (replica: IssuerUnderTest) => {
  const configuration = await replica.discover();
  client.enableNonRepudiationChecks(configuration);
  return kidOf((await replica.tokens(configuration)).id_token);
};

describe("signing keys", () => {
  test("are shown without their private parts, and are in the store encrypted", async () => {
    const issuer = await start();
    const keys = await shownBy(issuer);
    expect(keys).toHaveLength(1);
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
    const [row] = await issuer.service.database.all("SELECT content FROM oidc_signing_keys");
    const content = Buffer.from(row?.["content"] as Uint8Array).toString("latin1");
    for (const part of ["kty", "RSA", keys[0]?.["n"] ?? "?"]) expect(content).not.toContain(part);
  });

  test("are replaced by age while users sign in: each is shown a day before it signs, and a week afterwards", async () => {
    const issuer = await start();
    await issuer.addAlice();
    const [first = ""] = await idsShownBy(issuer);
    issuer.service.now += 29 * DAY - 1;
    await issuer.service.issuer.refreshKeys();
    expect(await idsShownBy(issuer)).toEqual([first]);
    issuer.service.now += 1;
    await issuer.service.issuer.refreshKeys();
    const [, second = ""] = await idsShownBy(issuer);
    expect(second).not.toBe("");
    expect(await signIn(issuer)).toBe(first);
    issuer.service.now += DAY;
    await issuer.service.issuer.refreshKeys();
    expect((await idsShownBy(issuer)).sort()).toEqual([first, second].sort());
    expect(await signIn(issuer)).toBe(second);
    issuer.service.now += 7 * DAY - 1;
    await issuer.service.issuer.refreshKeys();
    expect(await idsShownBy(issuer)).toContain(first);
    issuer.service.now += 1;
    await issuer.service.issuer.refreshKeys();
    expect(await idsShownBy(issuer)).toEqual([second]);
    const kept = await issuer.service.database.all("SELECT id FROM oidc_signing_keys");
    expect(kept).toEqual([{ id: second }]);
  });

  test("are the same for all replicas, also when these start and replace them at the same time", async () => {
    const all = await Promise.all([start(), start(), start()]);
    const shown = await Promise.all(all.map(idsShownBy));
    expect(new Set(shown.map((ids) => ids.join()))).toEqual(new Set([shown[0]?.join()]));
    expect(shown[0]).toHaveLength(1);
    for (const { service } of all) service.now += 29 * DAY + HOUR;
    await Promise.all(all.map(({ service }) => service.issuer.refreshKeys()));
    await Promise.all(all.map(({ service }) => service.issuer.refreshKeys()));
    const next = await Promise.all(all.map(idsShownBy));
    expect(new Set(next.map((ids) => [...ids].sort().join())).size).toBe(1);
    expect(next[0]).toHaveLength(2);
  });

  test("of one replica verify at another: a sign-in goes on there", async () => {
    const [one, other] = [await start(), await start()];
    await one.addAlice();
    const tokens = await one.tokens(await one.discover());
    const configuration = await other.discover();
    const again = await client.refreshTokenGrant(configuration, tokens.refresh_token ?? "");
    expect(kidOf(again.id_token)).toBe(kidOf(tokens.id_token));
  });

  test("are replaced when an administrator says so: the new one signs within a minute", async () => {
    const issuer = await start();
    await issuer.addAlice();
    const [before] = await keysOf(issuer);
    const after = await rotate(issuer);
    expect(after.map(({ id, signing }) => [id === before?.id, signing])).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(await signIn(issuer)).toBe(before?.id);
    issuer.service.now += 60_000;
    expect((await keysOf(issuer)).map(({ signing }) => signing)).toEqual([false, true]);
    expect(await signIn(issuer)).toBe(after[1]?.id);
    expect(issuer.audited("signing-key.create")).toMatchObject([{ by: "administrator", withdraw: false }]);
  });

  test("are withdrawn when one has leaked: nothing that they signed is taken any more", async () => {
    const issuer = await start();
    await issuer.addAlice();
    const configuration = await issuer.discover();
    const tokens = await issuer.tokens(configuration);
    await rotate(issuer);
    const [only, ...others] = await rotate(issuer, { withdraw: true });
    expect([only?.signing, others]).toEqual([true, []]);
    expect(await idsShownBy(issuer)).toEqual([only?.id]);
    expect(await signIn(issuer)).toBe(only?.id);
    const hint = new URLSearchParams({ id_token_hint: tokens.id_token ?? "" });
    expect((await issuer.browser().open(`/oidc/sign-out?${hint.toString()}`)).status).toBe(400);
  });

  test("are for administrators", async () => {
    const issuer = await start();
    for (const method of ["GET", "POST"] as const) {
      expect((await issuer.service.call({ method, url: "/signing-keys", as: null })).statusCode).toBe(401);
    }
    expect(
      (await issuer.service.call({ method: "POST", url: "/signing-keys", body: { withdrow: true } })).statusCode,
    ).toBe(400);
    expect(await keysOf(issuer)).toHaveLength(1);
  });

  test("that are kept under another encryption key are told of, and new ones are made", async () => {
    const one = await start();
    const [first] = await idsShownBy(one);
    const other = await start({ encryptionKey: "OTHER_KEY" });
    await other.addAlice();
    const [second, ...rest] = await idsShownBy(other);
    expect([second === first, rest]).toEqual([false, []]);
    expect(await signIn(other)).toBe(second);
    const warnings = other.service.log.filter(({ level }) => level === "warn").map(({ msg }) => String(msg));
    expect(warnings).toEqual([`the signing key ${first} is kept under another encryptionKey`]);
  });

  test("stay as they are known while the store is down", async () => {
    const issuer = await start();
    const shown = await idsShownBy(issuer);
    issuer.service.database.isDown = true;
    await expect(issuer.service.issuer.refreshKeys()).rejects.toThrow();
    expect(await idsShownBy(issuer)).toEqual(shown);
    expect((await issuer.service.call({ url: "/signing-keys" })).statusCode).toBe(503);
  });
});
