import { describe, expect, it } from "@jest/globals";
import { markdownTable } from "../../src/config/markdown-table.js";

describe("a table in Markdown", () => {
  it("has its columns in line, and no text ends a column", () => {
    expect(markdownTable(["a", "longer"], [["first", "b"], ["x|y"]]).split("\n")).toEqual([
      "| a     | longer |",
      "| ----- | ------ |",
      "| first | b      |",
      "| x\\|y  |        |",
    ]);
  });
});
