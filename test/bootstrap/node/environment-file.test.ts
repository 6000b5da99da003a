import { execFileSync } from "node:child_process";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { environmentFile } from "../../../src/bootstrap/node/environment-file.js";

describe("an environment file", () => {
  it("has plain values as they are: docker takes quotes for a part of the value", () => {
    expect(environmentFile({ A: "https://10.0.0.16:2379,etcd-0=b", B: "" })).toBe(
      "A=https://10.0.0.16:2379,etcd-0=b\nB=\n",
    );
  });

  it("quotes values with blanks", () => {
    expect(environmentFile({ PEERS: "10.0.0.33 10.0.0.34" })).toBe('PEERS="10.0.0.33 10.0.0.34"\n');
  });

  it.each(["$HOME x", 'say "hi"', "`id`", "back\\slash x", "two\nlines", "one\n"])(
    "fails when bash would not take %j literally",
    (value) => {
      expect(() => environmentFile({ A: value })).toThrow(/^A: .* cannot be quoted$/);
    },
  );

  it("is read by bash as it was meant, whatever was accepted", () => {
    const values = fc.string({ maxLength: 12, unit: "grapheme-ascii" }).filter((value) => !/["$`\\\n]/.test(value));
    const variables = Object.fromEntries(fc.sample(values, 50).map((value, index) => [`V${index}`, value]));
    const read = execFileSync(
      "bash",
      ["--norc", "-c", 'eval "$(cat)"; for name in "${!V@}"; do printf "%s=%s\\0" "$name" "${!name}"; done'],
      { input: environmentFile(variables), env: { PATH: process.env["PATH"] } },
    ).toString();
    expect(
      Object.fromEntries(
        read
          .split("\0")
          .slice(0, -1)
          .map((line) => line.split(/=(.*)/s)),
      ),
    ).toEqual(variables);
  });
});
