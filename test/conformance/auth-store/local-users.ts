import { describe, expect, test } from "@jest/globals";
import { randomUUID } from "node:crypto";
import type { Store } from "../../../src/services/auth/store/store.js";
import { TRAPS } from "./samples.js";

export function describeLocalUsers(store: () => Store): void {
  describe("local users", () => {
    const passwordHash = "$scrypt$";

    test("are as they were put last", async () => {
      const username = randomUUID();
      for (const made of [
        { username, passwordHash, groups: [], disabled: false },
        { username, passwordHash: `${passwordHash}2`, groups: ["b", "a"], disabled: true },
        { username, passwordHash, groups: ["a"], disabled: false },
      ]) {
        await store().localUsers.put(made);
        expect(await store().localUsers.find(username)).toEqual(made);
      }
    });

    test("are one when they are put many times at once", async () => {
      const username = randomUUID();
      const put = (group: number) =>
        store().localUsers.put({ username, passwordHash, groups: [`${group}`], disabled: false });
      await Promise.all(Array.from({ length: 20 }, (_, group) => put(group)));
      expect((await store().localUsers.find(username))?.groups).toHaveLength(1);
    });

    test.each(TRAPS)("keep the name and group %j", async (text) => {
      const made = { username: `${text}${randomUUID()}`, passwordHash, groups: [text], disabled: false };
      await store().localUsers.put(made);
      expect(await store().localUsers.find(made.username)).toEqual(made);
    });

    test("are found by their name as it is spelled", async () => {
      const username = `Alice-${randomUUID()}`;
      await store().localUsers.put({ username, passwordHash, groups: [], disabled: false });
      for (const other of [username.toLowerCase(), `${username} `, `${username}\0`, "%", ""]) {
        expect(await store().localUsers.find(other)).toBeUndefined();
      }
    });

    test("are not there once deleted", async () => {
      const username = randomUUID();
      await store().localUsers.put({ username, passwordHash, groups: [], disabled: false });
      expect(await store().localUsers.delete(username)).toBe(true);
      expect(await store().localUsers.delete(username)).toBe(false);
      expect(await store().localUsers.find(username)).toBeUndefined();
    });
  });
}
