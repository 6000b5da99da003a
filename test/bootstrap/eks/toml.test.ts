import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parse } from "smol-toml";
import { toml } from "../../../src/bootstrap/eks/toml.js";

describe("TOML for EKS", () => {
  it("quotes keys that have dots or slashes, and no others", () => {
    expect(toml([["[settings.kernel.sysctl]", { "vm.max_map_count": "1", motd: "hello" }]])).toBe(
      '[settings.kernel.sysctl]\n"vm.max_map_count" = "1"\nmotd = "hello"\n',
    );
  });

  it("is read as it was meant, whatever was accepted", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 20 }).filter((value) => !/["\\\p{Cc}]/u.test(value));
    const key = text.filter((value) => value !== "__proto__");
    const value = fc.oneof(text, fc.boolean(), fc.integer(), fc.array(text));
    fc.assert(
      fc.property(fc.dictionary(key, value, { minKeys: 1, noNullPrototype: true }), (entries) => {
        expect(parse(toml([["[a]", entries]]))).toEqual({ a: entries });
      }),
    );
  });

  it("leaves out a table in which there is nothing", () => {
    expect(
      toml([
        ["[a]", {}],
        ["[b]", { c: true }],
      ]),
    ).toBe("[b]\nc = true\n");
  });

  it("repeats a header that is one of a list", () => {
    const text = toml([
      ["[[a.b]]", { c: 1 }],
      ["[[a.b]]", { c: 2 }],
    ]);
    expect(parse(text)).toEqual({ a: { b: [{ c: 1 }, { c: 2 }] } });
  });

  it.each(['say "hi"', "back\\slash", "two\nlines", "tab\tbed"])(
    "fails for %j, which would have to be escaped: EKS reads no escapes",
    (text) => {
      expect(() => toml([["[a]", { b: text }]])).toThrow("cannot stand in TOML unescaped");
      expect(() => toml([["[a]", { [text]: "b" }]])).toThrow("cannot stand in TOML unescaped");
      expect(() => toml([["[a]", { b: [text] }]])).toThrow("cannot stand in TOML unescaped");
    },
  );
});
