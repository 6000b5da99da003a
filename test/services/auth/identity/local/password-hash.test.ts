import { describe, expect, test } from "@jest/globals";
import {
  hashPassword,
  NOBODYS_HASH,
  verifyPassword,
} from "../../../../../src/services/auth/identity/local/password-hash.js";

const FORM = /^\$scrypt\$ln=16,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/;

describe("a password's hash", () => {
  test("has the PHC string format, with the cost that it was made at", async () => {
    expect(await hashPassword("secret")).toMatch(FORM);
  });

  test("is another one each time, and holds no part of the password", async () => {
    const [one, other] = await Promise.all([hashPassword("secret"), hashPassword("secret")]);
    expect(one).not.toBe(other);
    expect(one).not.toContain("secret");
  });

  test("fits its own password only", async () => {
    const hash = await hashPassword("Secret");
    expect(await verifyPassword("Secret", hash)).toBe(true);
    for (const wrong of ["secret", "Secret ", ""]) expect(await verifyPassword(wrong, hash)).toBe(false);
  });

  test("fits the password in another form of Unicode", async () => {
    const composed = "b\u00e4r\ufb01";
    expect(await verifyPassword("ba\u0308rfi", await hashPassword(composed))).toBe(true);
  });

  test("is read at the cost that it was made at", async () => {
    // Made by another implementation: Python's hashlib.scrypt(b"password", salt=bytes(range(16)), n=16, r=8, p=1, dklen=32)
    const foreign = "$scrypt$ln=4,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$SifLA7K0t5yM6JUFWSfwEu2b21TUGoi7m1p3x7fgMoI";
    expect(await verifyPassword("password", foreign)).toBe(true);
    expect(await verifyPassword("passwore", foreign)).toBe(false);
  });

  test("of nobody has the usual form, and fits nothing", async () => {
    expect(NOBODYS_HASH).toMatch(FORM);
    expect(await verifyPassword("", NOBODYS_HASH)).toBe(false);
  });

  test.each(["", "secret", "$2b$12$abcdefghijklmnopqrstuv", "$scrypt$ln=16,r=8,p=1$short$short"])(
    "fails when it is none: %j",
    async (stored) => {
      await expect(verifyPassword("", stored)).rejects.toThrow("a stored password hash is not one");
    },
  );
});
