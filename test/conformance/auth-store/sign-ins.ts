import { describe, expect, test } from "@jest/globals";
import type { Store, StoredAttempt } from "../../../src/services/auth/store/store.js";
import { after, hash } from "./samples.js";

export function describeSignIns(store: () => Store): void {
  describe("attempts to sign in", () => {
    const read = (bucket: Uint8Array) =>
      store().signIns.change(bucket, after(60), (attempts) => ({ attempts, result: attempts }));
    const add = (bucket: Uint8Array, attempt: StoredAttempt, until = after(60)) =>
      store().signIns.change(bucket, until, (attempts) => ({
        attempts: [...attempts, attempt],
        result: attempts.length,
      }));

    test("are kept by bucket, in their order", async () => {
      const [one, other] = [hash(), hash()];
      const attempts = [
        { at: after(2), isSettled: true },
        { at: after(1), isSettled: false },
      ];
      for (const attempt of attempts) await add(one, attempt);
      expect(await read(one)).toEqual(attempts);
      expect(await read(other)).toEqual([]);
    });

    test("are counted one after the other when they come at once", async () => {
      const bucket = hash();
      const counts = await Promise.all(
        Array.from({ length: 40 }, (_, second) => add(bucket, { at: after(second), isSettled: false })),
      );
      expect([...counts].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, count) => count));
    });

    test("stay as they were when a change fails", async () => {
      const bucket = hash();
      await add(bucket, { at: after(1), isSettled: true });
      const failing = store().signIns.change(bucket, after(60), () => {
        throw new TypeError("defect");
      });
      await expect(failing).rejects.toThrow(TypeError);
      expect(await read(bucket)).toHaveLength(1);
    });

    test("are forgotten after their time, as are origins", async () => {
      const old = (seconds: number) => new Date(Date.UTC(1999, 0, 1) + seconds * 1000);
      const [bucket, kept, origin] = [hash(), hash(), hash()];
      await add(bucket, { at: old(0), isSettled: true }, old(10));
      await add(kept, { at: old(0), isSettled: true }, old(30));
      await store().signIns.rememberOrigin(origin, old(10));
      expect(await store().signIns.purge(old(9))).toBe(0);
      expect(await store().signIns.purge(old(20))).toBe(2);
      expect(await read(bucket)).toEqual([]);
      expect(await read(kept)).toHaveLength(1);
    });

    test("come from an origin that is known until the latest time that was told", async () => {
      const origin = hash();
      expect(await store().signIns.isKnownOrigin(origin, after(0))).toBe(false);
      await store().signIns.rememberOrigin(origin, after(10));
      await store().signIns.rememberOrigin(origin, after(20));
      expect(await store().signIns.isKnownOrigin(origin, after(19))).toBe(true);
      expect(await store().signIns.isKnownOrigin(origin, after(20))).toBe(false);
      expect(await store().signIns.isKnownOrigin(hash(), after(0))).toBe(false);
    });
  });
}
