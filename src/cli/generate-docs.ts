// Writes docs/cli.md. With --check it writes nothing, and fails when the file is not what it would write.
import { readFileSync, writeFileSync } from "node:fs";
import { commands } from "./commands/index.js";
import { cliReference } from "./reference.js";

const file = new URL("../../docs/cli.md", import.meta.url);
const reference = cliReference(commands);
if (!process.argv.includes("--check")) {
  writeFileSync(file, reference);
} else if (readFileSync(file, "utf8") !== reference) {
  process.stderr.write("docs/cli.md is not what src/cli says: run npm run generate\n");
  process.exitCode = 1;
}
