import { describe, expect, test } from "@jest/globals";
import { randomUUID } from "node:crypto";
import type { Store } from "../../../src/services/auth/store/store.js";
import { after, hash, user } from "./samples.js";

export function describeSessions(store: () => Store): void {
  describe("sessions", () => {
    const open = async (userId: string, expires = after(60)) => {
      const shown = hash();
      await store().sessions.create(shown, { userId, expires });
      return shown;
    };

    test("are found with whose they are, also expired ones", async () => {
      const alice = await store().users.ensure(user());
      const session = await open(alice.id, after(-60));
      expect(await store().sessions.find(session)).toEqual({
        session: { userId: alice.id, expires: after(-60) },
        user: alice,
      });
      expect(await store().sessions.find(hash())).toBeUndefined();
    });

    test("are of somebody", async () => {
      await expect(open(randomUUID())).rejects.toThrow();
    });

    test("end by themselves or with all of the user's", async () => {
      const alice = await store().users.ensure(user());
      const bob = await store().users.ensure(user());
      const sessions = [await open(alice.id), await open(alice.id), await open(alice.id), await open(bob.id)];
      const [first = hash()] = sessions;
      expect(await store().sessions.delete(first)).toBe(true);
      expect(await store().sessions.delete(first)).toBe(false);
      expect(await store().sessions.deleteOfUser(alice.id)).toBe(2);
      const found = await Promise.all(sessions.map((session) => store().sessions.find(session)));
      expect(found.map((one) => one?.user.id)).toEqual([undefined, undefined, undefined, bob.id]);
    });

    test("are forgotten when they have expired", async () => {
      const alice = await store().users.ensure(user());
      const past = new Date(Date.UTC(1999, 0, 1));
      const [expired, valid] = [await open(alice.id, past), await open(alice.id)];
      expect(await store().sessions.purge(new Date(past.getTime() + 1))).toBe(1);
      expect(await store().sessions.find(expired)).toBeUndefined();
      expect(await store().sessions.find(valid)).toBeDefined();
    });
  });
}
