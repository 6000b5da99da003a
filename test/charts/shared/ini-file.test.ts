import { describe, expect, it } from "@jest/globals";
import { iniFile } from "../../../charts/shared/ini-file.js";

describe("an ini file", () => {
  it("has its values by section, in the order given", () => {
    expect(iniFile({ Global: { cloud: "demo", "use-clouds": true }, Empty: {}, Other: { count: 2 } })).toBe(
      '[Global]\ncloud = "demo"\nuse-clouds = true\n\n[Empty]\n\n[Other]\ncount = 2\n',
    );
  });

  it("quotes what would end a value, or begin a comment", () => {
    expect(iniFile({ Global: { path: 'a "b" \\ # c; d' } })).toBe('[Global]\npath = "a \\"b\\" \\\\ # c; d"\n');
  });
});
