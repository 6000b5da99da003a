import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Cidr } from "../../src/lib/cidr.js";

/** Any IPv4 network, as text. */
const network = fc.tuple(fc.nat(32), fc.nat(2 ** 32 - 1)).map(([prefix, value]) => {
  const base = value - (value % 2 ** (32 - prefix));
  return `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join(".")}/${prefix}`;
});

describe("a network", () => {
  it("is written as it was read", () => {
    fc.assert(fc.property(network, (text) => Cidr.parse(text).toString() === text));
  });

  it("contains its first and last address, and no more than its size", () => {
    fc.assert(
      fc.property(network, (text) => {
        const cidr = Cidr.parse(text);
        expect(cidr.contains(cidr.at(0)) && cidr.contains(cidr.at(-1))).toBe(true);
        expect(cidr.at(-1)).toBe(cidr.at(cidr.size - 1));
        expect(() => cidr.at(cidr.size)).toThrow(RangeError);
      }),
    );
  });

  it("overlaps another exactly when one includes the other", () => {
    fc.assert(
      fc.property(network, network, (one, other) => {
        const [a, b] = [Cidr.parse(one), Cidr.parse(other)];
        expect(a.overlaps(b)).toBe(a.includes(b) || b.includes(a));
        expect(a.overlaps(b)).toBe(b.overlaps(a));
      }),
    );
  });

  it("includes itself, and both of its halves, which share nothing", () => {
    fc.assert(
      fc.property(network, (text) => {
        const cidr = Cidr.parse(text);
        expect(cidr.includes(cidr)).toBe(true);
        fc.pre(cidr.prefix < 32);
        const [low, high] = [cidr.at(0), cidr.at(cidr.size / 2)].map((at) => Cidr.parse(`${at}/${cidr.prefix + 1}`));
        expect(low !== undefined && high !== undefined && cidr.includes(low) && cidr.includes(high)).toBe(true);
        expect(low?.overlaps(high ?? cidr)).toBe(false);
        expect(low?.includes(cidr)).toBe(false);
      }),
    );
  });

  it.each(["10.0.0.1/22", "10.0.0.0", "10.0.0.0/33", "010.0.0.0/8", "10.0/16", "fd00::/48", "", "10.0.0.0/8 ", "a/b"])(
    "fails to be read from %j",
    (text) => {
      expect(Cidr.tryParse(text)).toBeUndefined();
      expect(() => Cidr.parse(text)).toThrow(RangeError);
    },
  );

  it("never throws when trying any text", () => {
    fc.assert(fc.property(fc.string(), (text) => Cidr.tryParse(text) === undefined || true));
  });
});

describe("the network around an address", () => {
  it.each([
    ["198.51.100.7", "198.51.100.7/32"],
    ["10.0.3.7/22", "10.0.0.0/22"],
    ["example.com", undefined],
    ["10.0.0.0/33", undefined],
  ])("%s is %s", (address, expected) => {
    expect(Cidr.around(address)?.toString()).toBe(expected);
  });
});
