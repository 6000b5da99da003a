import { describe, expect, test } from "@jest/globals";
import type { Store } from "../../../src/services/auth/store/store.js";
import { after, GARBAGE, hash, NOON, pages, token, TRAPS, user, userWithTokens } from "./samples.js";

export function describeUsers(store: () => Store): void {
  describe("users", () => {
    test("are found as they were made", async () => {
      const alice = user();
      expect(await store().users.ensure(alice)).toEqual(alice);
      expect(await store().users.find(alice.id)).toEqual(alice);
      expect(await store().users.find(user().id)).toBeUndefined();
    });

    test("are one for each subject of a back-end, by their latest name", async () => {
      const alice = await store().users.ensure(user());
      const renamed = await store().users.ensure({
        ...user(),
        subject: alice.subject,
        username: `${alice.username}-2`,
      });
      expect(renamed).toEqual({ ...alice, username: `${alice.username}-2` });
      expect(await store().users.find(alice.id)).toEqual(renamed);
      const elsewhere = user({ backend: "ldap", subject: alice.subject });
      expect((await store().users.ensure(elsewhere)).id).toBe(elsewhere.id);
    });

    test("are one when they are made many times at once", async () => {
      const alice = user();
      const made = await Promise.all(
        Array.from({ length: 20 }, () => store().users.ensure({ ...user(), subject: alice.subject })),
      );
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    });

    test.each(TRAPS)("keep the name %j", async (username) => {
      const made = await store().users.ensure(user({ username }));
      expect((await store().users.find(made.id))?.username).toBe(username);
      const { items } = await store().users.list({ username }, { limit: 1000 });
      expect(items).toContainEqual(made);
    });

    test("are listed by name, whole and in the same case", async () => {
      const { username } = await store().users.ensure(user({ username: "Alice" }));
      const named = async (name: string) => (await store().users.list({ username: name }, { limit: 10 })).items.length;
      expect(await named(username)).toBe(1);
      for (const other of ["alice", "Alic", "Alice ", "%", "Alice\0"]) expect(await named(other)).toBe(0);
    });

    test("are listed in the order of creation, page by page", async () => {
      const username = `many-${user().id}`;
      const made = [];
      // Two of each time: their ids tell the order then.
      for (const seconds of [3, 1, 2, 1, 3]) {
        made.push(await store().users.ensure(user({ username, created: after(seconds) })));
      }
      const inOrder = made.sort((a, b) => a.created.getTime() - b.created.getTime() || (a.id < b.id ? -1 : 1));
      const read = await pages(2, (page) => store().users.list({ username }, page));
      expect(read.map((page) => page.length)).toEqual([2, 2, 1]);
      expect(read.flat()).toEqual(inOrder);
    });

    test.each(GARBAGE)("are none after the position %j", async (position) => {
      const { username } = await store().users.ensure(user());
      expect(await store().users.list({ username }, { limit: 10, after: position })).toEqual({ items: [] });
    });

    test("are not there once deleted, nor are their sessions; their tokens are told as deleted", async () => {
      const { owner, tokens } = await userWithTokens(store(), [{}, {}]);
      const session = hash();
      await store().sessions.create(session, { userId: owner.id, expires: after(60) });
      expect(await store().users.delete(owner.id, after(5))).toBe(true);
      expect(await store().users.delete(owner.id, after(6))).toBe(false);
      expect(await store().users.find(owner.id)).toBeUndefined();
      expect((await store().users.list({ username: owner.username }, { limit: 10 })).items).toEqual([]);
      expect(await store().sessions.find(session)).toBeUndefined();
      expect((await store().tokens.list({ userId: owner.id }, { limit: 10 })).items).toEqual([]);
      for (const one of tokens) {
        expect((await store().tokens.findByHash(one.hash))?.token.deleted).toEqual(after(5));
        expect((await store().tokens.find(one.id))?.deleted).toEqual(after(5));
      }
    });

    test("take all their tokens with them, however many", async () => {
      const { owner } = await userWithTokens(store(), Array<object>(1100).fill({}));
      await store().users.delete(owner.id, after(5));
      expect((await store().tokens.list({ userId: owner.id }, { limit: 10 })).items).toEqual([]);
    });

    test("have no valid token, even one that is made at the moment they are deleted", async () => {
      const { owner } = await userWithTokens(store(), []);
      await store().users.delete(owner.id, after(5));
      const late = token(owner.id);
      await store().tokens.create(late);
      expect((await store().tokens.findByHash(late.hash))?.token.deleted).toEqual(after(5));
      const { items } = await store().users.list({ username: owner.username }, { limit: 10 });
      expect(items).toEqual([]);
    });

    test("are again after they were deleted, without the tokens and sessions of before", async () => {
      const { owner, tokens } = await userWithTokens(store(), [{}]);
      await store().users.delete(owner.id, after(5));
      const late = token(owner.id);
      await store().tokens.create(late);
      const lateSession = hash();
      await store().sessions.create(lateSession, { userId: owner.id, expires: after(60) });

      const again = await store().users.ensure({ ...user(), subject: owner.subject, username: "again" });
      expect(again).toEqual({ ...owner, username: "again" });
      expect(await store().users.find(owner.id)).toEqual(again);
      for (const old of [late, ...tokens]) {
        expect((await store().tokens.findByHash(old.hash))?.token.deleted).toEqual(after(5));
      }
      expect(await store().sessions.find(lateSession)).toBeUndefined();
      const fresh = token(owner.id);
      await store().tokens.create(fresh);
      expect((await store().tokens.findByHash(fresh.hash))?.token.deleted).toBeUndefined();
    });

    test("leave nothing behind when they are made and deleted at once by many", async () => {
      const alice = user();
      await Promise.all(
        Array.from({ length: 20 }, async (_, turn) => {
          const { id } = await store().users.ensure({ ...user(), subject: alice.subject });
          await store().tokens.create(token(id));
          await store().users.delete(id, after(turn));
        }),
      );
      const { id } = await store().users.ensure(alice);
      expect((await store().tokens.list({ userId: id }, { limit: 10 })).items).toEqual([]);
    });

    test("are not found by what is no id", async () => {
      for (const id of ["", "\0", "' OR 1=1 --", `${user().id}\0`]) {
        expect(await store().users.find(id)).toBeUndefined();
      }
    });

    test("are refused when their name cannot be kept", async () => {
      await expect(store().users.ensure(user({ username: "a\0b", created: NOON }))).rejects.toThrow(RangeError);
    });
  });
}
