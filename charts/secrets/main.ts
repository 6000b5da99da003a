// Writes docs/required-secrets.md. With --check it writes nothing, and fails when the file is not what it would write.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { requiredSecretsReference } from "./reference.js";

const file = new URL("../../docs/required-secrets.md", import.meta.url);
const reference = requiredSecretsReference();
if (!process.argv.includes("--check")) {
  writeFileSync(file, reference);
} else if (!existsSync(file) || readFileSync(file, "utf8") !== reference) {
  process.stderr.write("docs/required-secrets.md is not what the charts need: run npm run generate\n");
  process.exitCode = 1;
}
