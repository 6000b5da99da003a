import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isBelow, parseDistinguishedName } from "../../../../../src/services/auth/identity/ldap/distinguished-name.js";

const parts = (name: string) => parseDistinguishedName(name)?.map(({ attribute, value }) => `${attribute}=${value}`);
const parsed = (name: string) => parseDistinguishedName(name) ?? [];

describe("a distinguished name", () => {
  // The examples of RFC 4514, section 4, as far as they name one entry by one value a part.
  test.each([
    ["UID=jsmith,DC=example,DC=net", ["uid=jsmith", "dc=example", "dc=net"]],
    ['CN=James \\"Jim\\" Smith\\, III,DC=example', ['cn=James "Jim" Smith, III', "dc=example"]],
    ["CN=Before\\0dAfter,DC=example", ["cn=Before\rAfter", "dc=example"]],
    ["CN=Lu\\C4\\8Di\\C4\\87", ["cn=Lučić"]],
    ["2.5.4.3=a=b , ou= c\\ ", ["2.5.4.3=a=b", "ou=c "]],
    ["cn=a\\\\,ou=b", ["cn=a\\", "ou=b"]],
    ["cn=,ou=b", ["cn=", "ou=b"]],
  ])("%j is read", (name, expected) => {
    expect(parts(name)).toEqual(expected);
  });

  test.each(["", "admins", "cn=a,", ",cn=a", "cn=a,,ou=b", "cn=a+uid=b", "cn=#04024869", "=a", "cn=a;ou=b", "cn=a\\"])(
    "%j is none that names a group",
    (name) => {
      expect(parts(name)).toBeUndefined();
    },
  );

  test("gives every value back that was escaped in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (value, other) => {
        const escaped = (text: string) =>
          [...Buffer.from(text)].map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
        expect(parts(`cn=${escaped(value)},ou=${escaped(other)}`)).toEqual([`cn=${value}`, `ou=${other}`]);
      }),
    );
  });
});

describe("an entry is below another", () => {
  const base = parsed("ou=groups,dc=example");

  test.each(["cn=a,ou=groups,dc=example", "CN=a, OU=Groups, DC=Example", "cn=a,ou=b,ou=groups,dc=example"])(
    "%s",
    (name) => {
      expect(isBelow(parsed(name), base)).toBe(true);
    },
  );

  test.each([
    "ou=groups,dc=example",
    "cn=a,dc=example",
    "cn=a,ou=groups\\,dc=example",
    "cn=a\\,ou=groups,dc=example",
    "cn=a",
  ])("but %s is not", (name) => {
    expect(isBelow(parsed(name), base)).toBe(false);
  });
});
