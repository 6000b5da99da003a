import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { bootstrapReference, smallestFiles } from "../../src/config/docs.js";
import { bootstrapJsonSchema } from "../../src/config/json-schema.js";
import { parseText } from "../../src/config/load.js";
import { providerParity } from "../../src/config/parity-table.js";

function document(file: string): string {
  return readFileSync(new URL(`../../docs/${file}`, import.meta.url), "utf8");
}

describe("docs/bootstrap.md", () => {
  it("is what the schema gives", () => {
    expect(bootstrapReference()).toBe(document("bootstrap.md"));
  });

  it.each(Object.entries(smallestFiles))(
    "shows a smallest file for %s that is sound, and no line of it needless",
    (_provider, text) => {
      const lines = text.trimEnd().split("\n");
      expect(parseText(text, () => "").ok).toBe(true);
      for (const line of lines) {
        const without = lines.filter((other) => other !== line).join("\n");
        expect([line, parseText(without, () => "").ok]).toEqual([line, false]);
      }
    },
  );

  it("says of each field what it means", () => {
    const silent = bootstrapReference()
      .split("\n")
      .filter((line) => line.startsWith("| `") && line.endsWith("|  |"));
    expect(silent).toEqual([]);
  });
});

describe("docs/bootstrap.schema.json", () => {
  it("is what the schema gives", () => {
    expect(`${JSON.stringify(bootstrapJsonSchema(), null, 2)}\n`).toBe(document("bootstrap.schema.json"));
  });

  it("holds none of our own metadata", () => {
    expect(document("bootstrap.schema.json")).not.toContain('"hint"');
  });
});

describe("docs/providers.md", () => {
  it("is what the schema and its reasons give", () => {
    expect(providerParity()).toBe(document("providers.md"));
  });
});
