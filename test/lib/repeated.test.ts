import { expect, it } from "@jest/globals";
import { repeated } from "../../src/lib/repeated.js";

it("names each entry that stood there before, with the first of them", () => {
  expect(repeated(["a", "b", "a", 1, "1", "a"])).toEqual([
    { index: 2, first: 0 },
    { index: 5, first: 0 },
  ]);
});
