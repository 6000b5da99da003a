import { describe, expect, test } from "@jest/globals";
import { plain } from "../../src/cli/style.js";
import { formatFields, formatTable, wrap } from "../../src/cli/table.js";

describe("a table", () => {
  test("is as wide as its cells, numbers to the right, without blanks at the end of lines", () => {
    const columns = [{ title: "NAME" }, { title: "COUNT", align: "right" as const }, { title: "" }];
    expect(
      formatTable(
        columns,
        [
          ["longer", "1", ""],
          ["b", "12345678", "x"],
        ],
        plain,
      ),
    ).toBe("NAME       COUNT\nlonger         1\nb       12345678  x\n");
  });

  test("does not count colours as width", () => {
    const rows = [
      ["\u001b[1mab\u001b[22m", "x"],
      ["abc", "y"],
    ];
    expect(formatTable([{ title: "A" }, { title: "B" }], rows, plain)).toContain("\u001b[1mab\u001b[22m   x\n");
  });
});

describe("fields", () => {
  test("go on below the start of their value", () => {
    expect(formatFields([["label", "one two three four five six"]], "  ", 29)).toBe(
      "  label  one two three four\n         five six\n",
    );
  });
});

describe("wrap", () => {
  test("breaks between words, never inside one", () => {
    expect(wrap("aaaa bb cccccccccc d", 7)).toEqual(["aaaa bb", "cccccccccc", "d"]);
  });

  test("keeps what a no-break space joins", () => {
    expect(wrap("aaa 11\u00a0ports", 8)).toEqual(["aaa", "11 ports"]);
  });
});
