import { describe, expect, it } from "@jest/globals";
import { nearest } from "../../src/lib/nearest.js";

describe("the nearest word", () => {
  const profiles = ["production", "development"];

  it.each([
    ["prod", profiles, "production"],
    ["devel", profiles, "development"],
    ["prodcution", profiles, "production"],
    ["PRODUCTION", profiles, "production"],
    ["pr", profiles, undefined],
    ["staging", profiles, undefined],
    ["con", ["controller", "container"], undefined],
    ["none", [], undefined],
  ])("to %s of %j is %s", (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });
});
