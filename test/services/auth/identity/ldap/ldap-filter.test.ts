import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { AndFilter, EqualityFilter } from "ldapts";
import { fillFilter, openFilter } from "../../../../../src/services/auth/identity/ldap/ldap-filter.js";

describe("a filter", () => {
  test("holds any value as one that is equal, and as nothing else", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (username) => {
        const filter = fillFilter("(&(objectClass=person)(uid={username}))", { username });
        expect(filter).toBeInstanceOf(AndFilter);
        const [, equality, ...others] = filter instanceof AndFilter ? filter.filters : [];
        expect(equality).toBeInstanceOf(EqualityFilter);
        expect(equality).toMatchObject({ attribute: "uid", value: username });
        expect(others).toEqual([]);
      }),
    );
  });

  test.each(["a)b", "(a", "*", "a\\29", "\0", "{username}", "$&", "$1", "a{dn}"])("takes %s as it is", (username) => {
    expect(fillFilter("(uid={username})", { username, dn: "x" })).toMatchObject({ value: username });
  });

  test("without a value takes every entry that has one", () => {
    expect(openFilter("(|(uid={username})(mail={username}@example.com))").toString()).toBe(
      "(|(uid=*)(mail=*@example.com))",
    );
  });
});
