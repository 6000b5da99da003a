import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  nextSignsFrom,
  publishedKeysOf,
  signingKeyOf,
  type ScheduledKey,
} from "../../../../src/services/auth/oidc/signing-key-schedule.js";

const SCHEDULE = { lifetimeMilliseconds: 1000, aheadMilliseconds: 100, afterMilliseconds: 50 };
const key = (number: number, signsFrom: number): ScheduledKey => ({ number, signsFrom: new Date(signsFrom) });
const numbers = (keys: readonly ScheduledKey[]) => keys.map(({ number }) => number);

describe("a signing key", () => {
  test("signs from its time until that of the next", () => {
    const keys = [key(2, 1000), key(1, 0)];
    expect([0, 999, 1000, 5000].map((now) => signingKeyOf(keys, now)?.number)).toEqual([1, 1, 2, 2]);
    expect(signingKeyOf(keys, -1)).toBeUndefined();
  });

  test("that was passed over never signs", () => {
    const keys = [key(1, 0), key(2, 1000), key(3, 500)];
    expect([499, 500, 1000, 2000].map((now) => signingKeyOf(keys, now)?.number)).toEqual([1, 3, 3, 3]);
  });

  test("is shown before it signs, and as long afterwards as what it signed can hold", () => {
    const keys = [key(1, 0), key(2, 1000)];
    expect([900, 1049, 1050, 9999].map((now) => numbers(publishedKeysOf(keys, now, SCHEDULE)))).toEqual([
      [1, 2],
      [1, 2],
      [2],
      [2],
    ]);
    const passedOver = [...keys, key(3, 500)];
    expect(numbers(publishedKeysOf(passedOver, 549, SCHEDULE))).toEqual([1, 2, 3]);
    expect(numbers(publishedKeysOf(passedOver, 550, SCHEDULE))).toEqual([3]);
  });

  test("is made at once when there is none, and else in time to be known before it signs", () => {
    expect(nextSignsFrom([], 7, SCHEDULE)?.getTime()).toBe(7);
    expect(nextSignsFrom([key(1, 0)], 899, SCHEDULE)).toBeUndefined();
    expect(nextSignsFrom([key(1, 0)], 900, SCHEDULE)?.getTime()).toBe(1000);
    expect(nextSignsFrom([key(1, 0), key(2, 1000)], 901, SCHEDULE)).toBeUndefined();
    // The service was down for long: nobody can know the new key yet.
    expect(nextSignsFrom([key(1, 0)], 5000, SCHEDULE)?.getTime()).toBe(5100);
    // The last one that could sign was taken away.
    expect(nextSignsFrom([key(2, 6000)], 5000, SCHEDULE)?.getTime()).toBe(5000);
  });

  test("is known when it signs, and when what it signed is verified, however often somebody looks", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 60 }), (steps) => {
        let keys: readonly ScheduledKey[] = [];
        let now = 0;
        const shownSince = new Map<number, number>();
        let signedLast: { readonly number: number; readonly at: number } | undefined;
        for (const step of [0, ...steps]) {
          now += step;
          const due = nextSignsFrom(keys, now, SCHEDULE);
          if (due !== undefined) keys = [...keys, { number: keys.length + 1, signsFrom: due }];
          const shown = publishedKeysOf(keys, now, SCHEDULE);
          for (const { number } of shown) shownSince.set(number, shownSince.get(number) ?? now);
          const { number = 0 } = signingKeyOf(keys, now) ?? {};
          expect(numbers(shown)).toContain(number);
          if (number > 1)
            expect(now - (shownSince.get(number) ?? now)).toBeGreaterThanOrEqual(SCHEDULE.aheadMilliseconds);
          if (signedLast !== undefined && now - signedLast.at < SCHEDULE.afterMilliseconds) {
            expect(numbers(shown)).toContain(signedLast.number);
          }
          signedLast = { number, at: now };
        }
      }),
    );
  });
});
