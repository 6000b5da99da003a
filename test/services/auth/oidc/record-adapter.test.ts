import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { errors } from "oidc-provider";
import { RecordAdapter } from "../../../../src/services/auth/oidc/record-adapter.js";
import { Vault } from "../../../../src/services/auth/oidc/vault.js";
import { migrateUp } from "../../../../src/services/auth/store/migrate.js";
import { SqlStore } from "../../../../src/services/auth/store/sql-store.js";
import { SqliteDatabase } from "../../../../src/services/auth/store/sqlite/sqlite-database.js";
import { CountedDatabase } from "../server/counted-database.js";

let database: CountedDatabase;
let store: SqlStore;
beforeEach(async () => {
  database = new CountedDatabase(SqliteDatabase.open(":memory:"));
  await migrateUp(database);
  store = new SqlStore(database);
});
afterEach(() => database.close());

const NOW = 1_795_000_000_000;
const adapter = (model: string, secret = "a secret that is the same for every replica") =>
  new RecordAdapter(model, { store: store.oidc, vault: new Vault(secret), now: () => NOW });

describe("what the library keeps", () => {
  test("is found again as it was, by whoever has the same secret", async () => {
    const payload = { jti: "token", accountId: "alice", clientId: "web", grantId: "g", scope: "openid" };
    await adapter("RefreshToken").upsert("token", payload, 60);
    expect(await adapter("RefreshToken").find("token")).toEqual(payload);
    expect(await adapter("AccessToken").find("token")).toBeUndefined();
    expect(await adapter("RefreshToken", "another secret").find("token")).toBeUndefined();
  });

  test("is found by what it refers to", async () => {
    await adapter("Session").upsert("s", { jti: "s", uid: "u" }, 60);
    await adapter("DeviceCode").upsert("d", { jti: "d", userCode: "BCDFGHJK" }, 60);
    expect(await adapter("Session").findByUid("u")).toEqual({ jti: "s", uid: "u" });
    expect(await adapter("DeviceCode").findByUserCode("BCDFGHJK")).toMatchObject({ jti: "d" });
    expect(await adapter("DeviceCode").findByUserCode("u")).toBeUndefined();
  });

  test("is consumed once: of two who found it unused the second ends the grant with all that came of it", async () => {
    await adapter("Grant").upsert("g", { jti: "g", accountId: "alice", clientId: "web" }, 60);
    await adapter("AccessToken").upsert("a", { jti: "a", grantId: "g" }, 60);
    await adapter("RefreshToken").upsert("r", { jti: "r", grantId: "g" }, 60);
    await adapter("RefreshToken").upsert("other", { jti: "other", grantId: "h" }, 60);
    const replicas = [adapter("RefreshToken"), adapter("RefreshToken")];
    for (const replica of replicas) expect(await replica.find("r")).not.toHaveProperty("consumed");
    const outcomes = await Promise.allSettled(replicas.map((replica) => replica.consume("r")));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find((outcome) => outcome.status === "rejected")?.reason).toBeInstanceOf(errors.InvalidGrant);
    expect(await adapter("Grant").find("g")).toBeUndefined();
    expect(await adapter("AccessToken").find("a")).toBeUndefined();
    expect(await adapter("RefreshToken").find("other")).toBeDefined();
  });

  test("tells when it was consumed", async () => {
    await adapter("AuthorizationCode").upsert("c", { jti: "c", grantId: "g" }, 60);
    await adapter("AuthorizationCode").consume("c");
    expect(await adapter("AuthorizationCode").find("c")).toMatchObject({ consumed: NOW / 1000 });
  });

  test("ends alone, or with its grant", async () => {
    await adapter("Grant").upsert("g", { jti: "g" }, 60);
    await adapter("AccessToken").upsert("a", { jti: "a", grantId: "g" }, 60);
    await adapter("Interaction").upsert("i", { jti: "i", grantId: "g" }, 60);
    await adapter("AccessToken").revokeByGrantId("g");
    expect(await adapter("Grant").find("g")).toBeUndefined();
    expect(await adapter("AccessToken").find("a")).toBeUndefined();
    // A user who is about to sign in may go on.
    expect(await adapter("Interaction").find("i")).toBeDefined();
    await adapter("Interaction").destroy("i");
    expect(await adapter("Interaction").find("i")).toBeUndefined();
  });

  test("has no clients in it: names that somebody makes up are not even looked for", async () => {
    const before = database.statements;
    expect(await adapter("Client").find("web")).toBeUndefined();
    expect(database.statements).toBe(before);
  });

  test("cannot be had while the store is down, which clients are told as such", async () => {
    database.isDown = true;
    const told = { error: "temporarily_unavailable", statusCode: 503 };
    await expect(adapter("Session").find("s")).rejects.toMatchObject(told);
    await expect(adapter("Session").upsert("s", {}, 60)).rejects.toMatchObject(told);
    await expect(adapter("RefreshToken").consume("s")).rejects.toMatchObject(told);
  });
});
