import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { bootstrapReference } from "./docs.js";
import { bootstrapJsonSchema } from "./json-schema.js";
import { providerParity } from "./parity-table.js";

// Run as `npx tsx src/config/generate-docs.ts`; with --check it writes nothing, and fails when it would.

const root = fileURLToPath(new URL("../../", import.meta.url));

const files = [
  { file: `${root}docs/bootstrap.md`, content: bootstrapReference() },
  { file: `${root}docs/bootstrap.schema.json`, content: `${JSON.stringify(bootstrapJsonSchema(), null, 2)}\n` },
  { file: `${root}docs/providers.md`, content: providerParity() },
];

const stale = files.filter(({ file, content }) => !existsSync(file) || readFileSync(file, "utf8") !== content);

if (process.argv.includes("--check")) {
  for (const { file } of stale) {
    console.error(`${relative(root, file)} is not what the schema gives: run npx tsx src/config/generate-docs.ts`);
  }
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const { file, content } of stale) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
