import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { sameSecret } from "../../../../src/services/auth/domain/secret-text.js";

test("secrets are the same when every character is", () => {
  fc.assert(fc.property(fc.string(), fc.string(), (one, other) => sameSecret(one, other) === (one === other)));
  fc.assert(fc.property(fc.string(), (text) => sameSecret(text, text)));
  expect(sameSecret("secret", "secret ")).toBe(false);
  expect(sameSecret("secret", "Secret")).toBe(false);
});
