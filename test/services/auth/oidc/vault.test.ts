import { describe, expect, test } from "@jest/globals";
import { Vault } from "../../../../src/services/auth/oidc/vault.js";

const vault = new Vault("a secret that is long enough for all that is asked");
const other = new Vault("another secret that is long enough for all that is asked");
const place = vault.id("Session", "a");

describe("what is sealed", () => {
  test("is opened in its place, by the same secret", () => {
    const sealed = vault.seal("ünïcödé text", place);
    expect(vault.open(sealed, place)).toBe("ünïcödé text");
    expect(Buffer.from(sealed).toString("latin1")).not.toContain("text");
    expect(vault.seal("ünïcödé text", place)).not.toEqual(sealed);
  });

  test("is opened nowhere else, by no other secret, and not when anything of it was changed", () => {
    const sealed = vault.seal("text", place);
    expect(vault.open(sealed, vault.id("Session", "b"))).toBeUndefined();
    expect(other.open(sealed, place)).toBeUndefined();
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = sealed.map((byte, position) => (position === index ? byte ^ 1 : byte));
      expect(vault.open(changed, place)).toBeUndefined();
    }
    for (let length = 0; length < sealed.length; length += 1) {
      expect(vault.open(sealed.subarray(0, length), place)).toBeUndefined();
    }
  });
});

test("an id is that of all its parts and of the secret", () => {
  const ids = [vault.id("a", "b"), vault.id("ab"), vault.id("a", "b", ""), vault.id("b", "a"), other.id("a", "b")];
  expect(new Set(ids.map((id) => Buffer.from(id).toString("hex"))).size).toBe(ids.length);
  expect(vault.id("a", "b")).toEqual(ids[0]);
  expect(vault.cookieKey).not.toBe(other.cookieKey);
});
