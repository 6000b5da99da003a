import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { RUNBOOK_FOLDER } from "./runbook.js";
import { runbookIndex } from "./runbook-index.js";

// Run as `npx tsx src/alerting/generate-docs.ts`; with --check it writes nothing, and fails when it would.

const name = `${RUNBOOK_FOLDER}/README.md`;
const file = fileURLToPath(new URL(`../../${name}`, import.meta.url));
const content = runbookIndex();
const stale = !existsSync(file) || readFileSync(file, "utf8") !== content;

if (process.argv.includes("--check")) {
  if (stale) console.error(`${name} is not what the rules give: run npx tsx src/alerting/generate-docs.ts`);
  process.exitCode = stale ? 1 : 0;
} else if (stale) {
  writeFileSync(file, content);
}
