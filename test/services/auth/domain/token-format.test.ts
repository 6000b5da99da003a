import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatToken, hashToken, isTokenOfOurs } from "../../../../src/services/auth/domain/token-format.js";

const random = fc.uint8Array({ minLength: 32, maxLength: 32 });
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The bytes that the digits of a token stand for. */
function bytesOf(token: string): Uint8Array {
  let value = 0n;
  for (const digit of token.slice("kaas_".length, -6)) value = value * 62n + BigInt(ALPHABET.indexOf(digit));
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(64, "0"), "hex"));
}

describe("a token", () => {
  test("has one form, and holds every one of its random bits", () => {
    fc.assert(
      fc.property(random, (bytes) => {
        const token = formatToken(bytes);
        expect(token).toMatch(/^kaas_[0-9A-Za-z]{49}$/);
        expect(bytesOf(token)).toEqual(bytes);
        expect(isTokenOfOurs(token)).toBe(true);
      }),
    );
  });

  test("is that of its bytes for good: programs that look for leaked ones know it", () => {
    expect(formatToken(new Uint8Array(32))).toBe("kaas_00000000000000000000000000000000000000000001AHeeq");
    expect(formatToken(new Uint8Array(32).fill(255))).toBe("kaas_yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp12iDEwm");
  });

  test("with any one digit changed is not ours", () => {
    fc.assert(
      fc.property(
        random,
        fc.integer({ min: 5, max: 53 }),
        fc.constantFrom(...Array.from(ALPHABET)),
        (bytes, place, digit) => {
          const token = formatToken(bytes);
          fc.pre(token[place] !== digit);
          expect(isTokenOfOurs(token.slice(0, place) + digit + token.slice(place + 1))).toBe(false);
        },
      ),
    );
  });

  test("with two neighbours swapped is not ours", () => {
    fc.assert(
      fc.property(random, fc.integer({ min: 5, max: 52 }), (bytes, place) => {
        const token = formatToken(bytes);
        const [one = "", other = ""] = [token[place], token[place + 1]];
        fc.pre(one !== other);
        expect(isTokenOfOurs(token.slice(0, place) + other + one + token.slice(place + 2))).toBe(false);
      }),
    );
  });

  test("with anything before, behind or within it is not ours", () => {
    fc.assert(
      fc.property(random, fc.string({ minLength: 1, unit: "binary" }), fc.nat(54), (bytes, more, place) => {
        const token = formatToken(bytes);
        expect(isTokenOfOurs(token.slice(0, place) + more + token.slice(place))).toBe(false);
      }),
    );
    expect(isTokenOfOurs(`${formatToken(new Uint8Array(32))}\n`)).toBe(false);
  });

  test("is no other text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => !isTokenOfOurs(text)));
    fc.assert(fc.property(fc.string(), (text) => !isTokenOfOurs(`kaas_${text}`)));
  });

  test.each([0, 31, 33])("is not made of %d bytes", (length) => {
    expect(() => formatToken(new Uint8Array(length))).toThrow(RangeError);
  });

  test("is known to the store by its SHA-256", () => {
    const token = formatToken(new Uint8Array(32));
    expect(hashToken(token).toString("hex")).toBe(createHash("sha256").update(token).digest("hex"));
  });
});
