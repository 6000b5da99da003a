import { describe, expect, test } from "@jest/globals";
import { BackendUnavailableError } from "../../../../../src/services/auth/identity/identity-backend.js";
import { LocalBackend } from "../../../../../src/services/auth/identity/local/local-backend.js";
import { hashPassword } from "../../../../../src/services/auth/identity/local/password-hash.js";
import { migrateUp } from "../../../../../src/services/auth/store/migrate.js";
import { SqlLocalUserStore } from "../../../../../src/services/auth/store/sql-local-user-store.js";
import { SqliteDatabase } from "../../../../../src/services/auth/store/sqlite/sqlite-database.js";
import { StoreUnavailableError, type LocalUserStore } from "../../../../../src/services/auth/store/store.js";
import { describeIdentityBackend, type IdentityWorld } from "../../../../conformance/identity-backend.js";

async function localWorld(): Promise<IdentityWorld> {
  const database = SqliteDatabase.open(":memory:");
  await migrateUp(database);
  const users = new SqlLocalUserStore(database);
  const change = async (username: string, changed: { disabled?: boolean; groups?: readonly string[] }) => {
    const user = await users.find(username);
    if (user !== undefined) await users.put({ ...user, ...changed });
  };
  const groupsOf = async (username: string) => (await users.find(username))?.groups ?? [];
  return {
    backend: new LocalBackend(users),
    addUser: async (username, password) =>
      users.put({ username, passwordHash: await hashPassword(password), groups: [], disabled: false }),
    setEnabled: (username, enabled) => change(username, { disabled: !enabled }),
    removeUser: async (username) => {
      await users.delete(username);
    },
    addToGroup: async (username, group) => {
      await change(username, { groups: [...(await groupsOf(username)), group] });
      return group;
    },
    removeFromGroup: async (username, group) =>
      change(username, { groups: (await groupsOf(username)).filter((name) => name !== group) }),
    stop: () => database.close(),
  };
}

describeIdentityBackend("local", localWorld);

describe("the local back-end", () => {
  const down: LocalUserStore = {
    find: () => Promise.reject(new StoreUnavailableError("the store does not answer")),
    put: () => Promise.resolve(),
    delete: () => Promise.resolve(false),
  };

  test("is unavailable when the store is", async () => {
    const backend = new LocalBackend(down);
    const credentials = { type: "password", username: "alice", password: "x" } as const;
    await expect(backend.find("alice")).rejects.toBeInstanceOf(BackendUnavailableError);
    await expect(backend.findByName("alice")).rejects.toBeInstanceOf(BackendUnavailableError);
    await expect(backend.signIn(credentials)).rejects.toBeInstanceOf(BackendUnavailableError);
    await expect(backend.ping()).rejects.toBeInstanceOf(BackendUnavailableError);
  });

  test("does not take a defect of the store for an outage", async () => {
    const backend = new LocalBackend({ ...down, find: () => Promise.reject(new TypeError("defect")) });
    await expect(backend.find("alice")).rejects.toBeInstanceOf(TypeError);
  });
});
