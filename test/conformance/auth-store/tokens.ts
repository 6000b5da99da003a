import { describe, expect, test } from "@jest/globals";
import { randomUUID } from "node:crypto";
import type { Store } from "../../../src/services/auth/store/store.js";
import { after, GARBAGE, hash, NOON, pages, stored, token, TRAPS, user, userWithTokens } from "./samples.js";

export function describeTokens(store: () => Store): void {
  describe("tokens", () => {
    test("are found by hash with whose they are, and by id", async () => {
      const { owner, tokens } = await userWithTokens(store(), [{}, { clusters: ["one", "two"] }, { clusters: [] }]);
      for (const one of tokens) {
        expect(await store().tokens.findByHash(one.hash)).toEqual({ token: stored(one), user: owner });
        expect(await store().tokens.find(one.id)).toEqual(stored(one));
      }
      expect(await store().tokens.findByHash(hash())).toBeUndefined();
      expect(await store().tokens.find(randomUUID())).toBeUndefined();
    });

    test("are not made twice, nor for nobody", async () => {
      const { owner, tokens } = await userWithTokens(store(), [{}]);
      const [first] = tokens;
      await expect(store().tokens.create(token(owner.id, { hash: first?.hash ?? hash() }))).rejects.toThrow();
      await expect(store().tokens.create(token(randomUUID()))).rejects.toThrow();
      expect((await store().tokens.list({ userId: owner.id }, { limit: 10 })).items).toHaveLength(1);
    });

    test.each([...TRAPS, "long ".repeat(1000)].map((text) => [text.slice(0, 40), text]))(
      "keep the description %j",
      async (_shown, description) => {
        const { tokens } = await userWithTokens(store(), [{ description }, { description: "before" }]);
        const [first, second] = tokens.map(({ id }) => id);
        expect((await store().tokens.find(first ?? ""))?.description).toBe(description);
        expect(await store().tokens.describe(second ?? "", description)).toBe(true);
        expect((await store().tokens.find(second ?? ""))?.description).toBe(description);
      },
    );

    test("keep times to the millisecond, far ones too", async () => {
      const expires = new Date("9999-12-31T23:59:59.999Z");
      const { tokens } = await userWithTokens(store(), [{ created: new Date(0), expires }]);
      expect(await store().tokens.find(tokens[0]?.id ?? "")).toMatchObject({ created: new Date(0), expires });
    });

    test("are listed in the order of creation, page by page, those of a user only", async () => {
      const seconds = [5, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5];
      const { owner, tokens } = await userWithTokens(
        store(),
        seconds.map((second) => ({ created: after(second) })),
      );
      await userWithTokens(store(), [{}, {}]);
      const inOrder = tokens
        .map(stored)
        .sort((a, b) => a.created.getTime() - b.created.getTime() || (a.id < b.id ? -1 : 1));
      for (const limit of [1, 2, 3, seconds.length, 1000]) {
        const read = await pages(limit, (page) => store().tokens.list({ userId: owner.id }, page));
        expect(read.flat()).toEqual(inOrder);
        expect(read).toHaveLength(Math.ceil(seconds.length / limit));
      }
    });

    test("of everybody are listed together", async () => {
      const made = [...(await userWithTokens(store(), [{}])).tokens, ...(await userWithTokens(store(), [{}])).tokens];
      const read = (await pages(1000, (page) => store().tokens.list({}, page))).flat();
      for (const one of made) expect(read).toContainEqual(stored(one));
      const times = read.map(({ created }) => created.getTime());
      expect(times).toEqual([...times].sort((a, b) => a - b));
    });

    test("are neither left out nor listed twice while others are made and deleted", async () => {
      const { owner, tokens } = await userWithTokens(
        store(),
        Array.from({ length: 20 }, (_, second) => ({ created: after(second * 2) })),
      );
      const seen: string[] = [];
      let position: string | undefined;
      for (let turn = 0; ; turn += 1) {
        const page = await store().tokens.list(
          { userId: owner.id },
          { limit: 3, ...(position !== undefined && { after: position }) },
        );
        seen.push(...page.items.map(({ id }) => id));
        if (page.next === undefined) break;
        position = page.next;
        // One before all, one among those already read, one deleted that was read last.
        await store().tokens.create(token(owner.id, { created: after(-turn) }));
        await store().tokens.create(token(owner.id, { created: after(turn) }));
        await store().tokens.delete(page.items.at(-1)?.id ?? "", NOON);
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(tokens.map(({ id }) => id).filter((id) => !seen.includes(id))).toEqual([]);
    });

    test.each(GARBAGE)("are none after the position %j", async (position) => {
      const { owner } = await userWithTokens(store(), [{}]);
      const page = { limit: 10, after: position };
      expect(await store().tokens.list({ userId: owner.id }, page)).toEqual({ items: [] });
    });

    test("are told as deleted, once, and are in no list", async () => {
      const { owner, tokens } = await userWithTokens(store(), [{}, {}]);
      const [first, second] = tokens;
      const id = first?.id ?? "";
      expect(await store().tokens.delete(id, after(7))).toBe(true);
      expect(await store().tokens.delete(id, after(8))).toBe(false);
      expect(await store().tokens.delete(randomUUID(), after(8))).toBe(false);
      expect(await store().tokens.describe(id, "new")).toBe(false);
      expect((await store().tokens.findByHash(first?.hash ?? hash()))?.token).toMatchObject({ deleted: after(7) });
      const { items } = await store().tokens.list({ userId: owner.id }, { limit: 10 });
      expect(items.map((one) => one.id)).toEqual([second?.id]);
    });

    test("are deleted once when many delete them at once", async () => {
      const { tokens } = await userWithTokens(store(), [{}]);
      const deleted = await Promise.all(
        Array.from({ length: 20 }, (_, second) => store().tokens.delete(tokens[0]?.id ?? "", after(second))),
      );
      expect(deleted.filter((was) => was)).toHaveLength(1);
    });

    test("keep the later of two times of use, whatever their order", async () => {
      const { tokens } = await userWithTokens(store(), [{}, {}, {}]);
      const [early, late, unused] = tokens.map(({ id }) => id) as [string, string, string];
      const record = (entries: readonly (readonly [string, number])[]) =>
        store().tokens.recordUses(new Map(entries.map(([id, seconds]) => [id, after(seconds)])));
      await Promise.all([
        record([
          [early, 10],
          [late, 10],
        ]),
        record([
          [late, 30],
          [early, 5],
          [randomUUID(), 5],
        ]),
        record([
          [late, 20],
          [early, 10],
        ]),
      ]);
      await record([]);
      expect((await store().tokens.find(early))?.lastUsed).toEqual(after(10));
      expect((await store().tokens.find(late))?.lastUsed).toEqual(after(30));
      expect((await store().tokens.find(unused))?.lastUsed).toBeUndefined();
    });

    test("of more uses than go at a time are all recorded", async () => {
      const { owner, tokens } = await userWithTokens(store(), Array<object>(600).fill({}));
      await store().tokens.recordUses(new Map(tokens.map(({ id }) => [id, after(1)])));
      const read = (await pages(1000, (page) => store().tokens.list({ userId: owner.id }, page))).flat();
      expect(read.filter(({ lastUsed }) => lastUsed?.getTime() === after(1).getTime())).toHaveLength(600);
    });

    test("that expire soon and are valid are told, soonest first, with whose they are", async () => {
      // A time that no other test uses.
      const day = Math.floor(Math.random() * 1e6) * 86_400;
      const at = (seconds: number) => new Date(Date.UTC(3000, 0, 1) + (day + seconds) * 1000);
      const { owner, tokens } = await userWithTokens(
        store(),
        [30, 10, 20, 0, 60, 15].map((seconds) => ({ expires: at(seconds) })),
      );
      const gone = await userWithTokens(store(), [{ expires: at(12) }]);
      await store().users.delete(gone.owner.id, NOON);
      await store().tokens.create(token(gone.owner.id, { expires: at(13) }));
      await store().tokens.delete(tokens[5]?.id ?? "", NOON);
      const told = await store().tokens.expiring(at(0), at(60), 10);
      expect(told.map((one) => one.token.expires)).toEqual([at(10), at(20), at(30)]);
      expect(told[0]).toEqual({ token: stored(tokens[1] ?? token("")), user: owner });
      expect(await store().tokens.expiring(at(0), at(60), 2)).toHaveLength(2);
    });

    test("are forgotten long after their end, with users who were deleted, and not before", async () => {
      const old = (seconds: number) => new Date(Date.UTC(1999, 0, 1) + seconds * 1000);
      const expired = await userWithTokens(store(), [{ created: old(0), expires: old(10) }, { expires: old(20) }]);
      const deleted = await userWithTokens(store(), [{}, {}]);
      await store().tokens.delete(deleted.tokens[0]?.id ?? "", old(10));
      const left = await userWithTokens(store(), [{}]);
      await store().users.delete(left.owner.id, old(10));
      const kept = await store().users.ensure(user());

      expect(await store().tokens.purge(old(5), 1000)).toBe(0);
      expect(await store().tokens.purge(old(15), 1)).toBe(1);
      expect(await store().tokens.purge(old(15), 1000)).toBe(2);
      expect(await store().tokens.purge(old(15), 1000)).toBe(0);
      const isThere = async (one: { readonly hash: Uint8Array }) =>
        (await store().tokens.findByHash(one.hash)) !== undefined;
      expect(await Promise.all([...expired.tokens, ...deleted.tokens, ...left.tokens].map(isThere))).toEqual([
        false,
        true,
        false,
        true,
        false,
      ]);
      // A new user of the same subject is another one, since nothing is known of the old.
      const again = await store().users.ensure({ ...user(), subject: left.owner.subject });
      expect(again.id).not.toBe(left.owner.id);
      expect(await store().users.find(kept.id)).toEqual(kept);
    });

    test("are forgotten by many replicas at once, each once", async () => {
      const old = new Date(Date.UTC(1990, 0, 1));
      await userWithTokens(store(), Array<object>(50).fill({ created: old, expires: old }));
      const purged = await Promise.all(
        Array.from({ length: 8 }, () => store().tokens.purge(new Date(old.getTime() + 1), 20)),
      );
      const rest = await store().tokens.purge(new Date(old.getTime() + 1), 50);
      expect(purged.reduce((sum, count) => sum + count, rest)).toBe(50);
      expect(await store().tokens.purge(new Date(old.getTime() + 1), 50)).toBe(0);
    });

    test("are there for everybody as soon as their making is told", async () => {
      const { owner } = await userWithTokens(store(), []);
      await Promise.all(
        Array.from({ length: 50 }, async () => {
          const made = token(owner.id);
          await store().tokens.create(made);
          expect((await store().tokens.findByHash(made.hash))?.token.id).toBe(made.id);
        }),
      );
    });
  });
}
