import { describe, expect, test } from "@jest/globals";
import { randomUUID } from "node:crypto";
import type { Store, StoredOidcRecord, StoredSigningKey } from "../../../src/services/auth/store/store.js";
import { after, hash, NOON, user } from "./samples.js";

function record(fields: Partial<StoredOidcRecord> = {}): StoredOidcRecord {
  return { id: hash(), content: hash(), expires: after(60), ...fields };
}

export function describeOidc(store: () => Store): void {
  describe("records of the OpenID Connect issuer", () => {
    const put = async (fields: Partial<StoredOidcRecord> = {}) => {
      const made = record(fields);
      await store().oidc.put(made);
      return made;
    };
    const found = async (records: readonly StoredOidcRecord[]) =>
      (await Promise.all(records.map(({ id }) => store().oidc.find(id)))).map((one) => one !== undefined);

    test("are found by their id, as they were put last, expired ones too", async () => {
      const plain = await put({ expires: after(-60) });
      const full = { reference: hash(), grantId: hash(), userId: randomUUID(), clientId: "grafana" };
      const first = await put(full);
      expect(await store().oidc.find(plain.id)).toEqual(plain);
      expect(await store().oidc.find(first.id)).toEqual(first);
      const second = {
        ...first,
        content: hash(),
        reference: hash(),
        grantId: hash(),
        clientId: "harbor",
        expires: after(9),
      };
      await store().oidc.put(second);
      expect(await store().oidc.find(first.id)).toEqual(second);
      expect(await store().oidc.find(hash())).toBeUndefined();
    });

    test("are found by their reference, which is one record's only", async () => {
      const made = await put({ reference: hash() });
      expect(await store().oidc.findByReference(made.reference ?? hash())).toEqual(made);
      expect(await store().oidc.findByReference(made.id)).toBeUndefined();
      await expect(put({ ...(made.reference && { reference: made.reference }) })).rejects.toThrow();
    });

    test("are consumed once, by one of many who try at the same time, and stay so", async () => {
      const made = await put();
      const tries = await Promise.all(Array.from({ length: 20 }, () => store().oidc.consume(made.id, after(1))));
      expect(tries.filter(Boolean)).toHaveLength(1);
      await store().oidc.put({ ...made, content: hash() });
      expect(await store().oidc.find(made.id)).toMatchObject({ consumed: after(1) });
      expect(await store().oidc.consume(made.id, after(2))).toBe(false);
      expect(await store().oidc.consume(hash(), after(2))).toBe(false);
    });

    test("end one by one, with their grant, or with their user", async () => {
      const [grantId, userId] = [hash(), randomUUID()];
      const records = [await put({ grantId }), await put({ grantId, userId }), await put({ userId }), await put()];
      const [first] = records;
      expect(await store().oidc.deleteGrant(hash())).toBe(0);
      expect(await store().oidc.deleteOfUser(randomUUID())).toBe(0);
      expect(await found(records)).toEqual([true, true, true, true]);
      expect(await store().oidc.deleteGrant(grantId)).toBe(2);
      expect(await found(records)).toEqual([false, false, true, true]);
      expect(await store().oidc.deleteOfUser(userId)).toBe(1);
      expect(await found(records)).toEqual([false, false, false, true]);
      expect(await store().oidc.delete(records[3]?.id ?? hash())).toBe(true);
      expect(await store().oidc.delete(first?.id ?? hash())).toBe(false);
      expect(await found(records)).toEqual([false, false, false, false]);
    });

    test("tell which clients know a user", async () => {
      const userId = randomUUID();
      for (const clientId of ["harbor", "grafana", "harbor"]) await put({ userId, clientId });
      await put({ userId });
      await put({ clientId: "headlamp", userId: randomUUID() });
      expect(await store().oidc.clientsOfUser(userId)).toEqual(["grafana", "harbor"]);
    });

    test("are forgotten when they have expired, some at a time", async () => {
      const past = new Date(Date.UTC(1999, 0, 1));
      const old = [await put({ expires: past }), await put({ expires: past })];
      const kept = await put({ expires: new Date(past.getTime() + 5) });
      expect(await store().oidc.purge(new Date(past.getTime() + 1), 1)).toBe(1);
      expect(await store().oidc.purge(new Date(past.getTime() + 1), 5)).toBe(1);
      expect(await found([...old, kept])).toEqual([false, false, true]);
    });

    test("of a user who was deleted are not there when the user comes back", async () => {
      const alice = await store().users.ensure(user());
      const made = await put({ userId: alice.id });
      await store().users.ensure(alice);
      expect(await found([made])).toEqual([true]);
      await store().users.delete(alice.id, after(1));
      await store().users.ensure(alice);
      expect(await found([made])).toEqual([false]);
    });
  });

  describe("signing keys of the OpenID Connect issuer", () => {
    test("come in the order of their numbers, each number once", async () => {
      const key = (number: number): StoredSigningKey => ({
        ...{ number, id: randomUUID(), content: hash() },
        ...{ created: NOON, signsFrom: after(number) },
      });
      const [one, two, three] = [key(1), key(2), key(3)];
      expect(await store().oidc.addSigningKey(two)).toBe(true);
      expect(await store().oidc.addSigningKey(one)).toBe(true);
      expect(await store().oidc.addSigningKey(key(2))).toBe(false);
      const tries = await Promise.all(Array.from({ length: 10 }, () => store().oidc.addSigningKey(key(4))));
      expect(tries.filter(Boolean)).toHaveLength(1);
      expect(await store().oidc.addSigningKey(three)).toBe(true);
      expect((await store().oidc.signingKeys()).slice(0, 3)).toEqual([one, two, three]);
      expect(await store().oidc.deleteSigningKey(two.id)).toBe(true);
      expect(await store().oidc.deleteSigningKey(two.id)).toBe(false);
      expect((await store().oidc.signingKeys()).map(({ number }) => number)).toEqual([1, 3, 4]);
    });
  });
}
