// `npm run auth:migration -- <name>`: a new pair of migrations.
import { relative } from "node:path";
import { UserError } from "../../../../lib/user-error.js";
import { newMigration } from "./new-migration.js";

try {
  const files = newMigration(process.argv[2] ?? "", Math.floor(Date.now() / 1000));
  for (const file of files) process.stdout.write(`${relative(process.cwd(), file)}\n`);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n  ${error.remedy ?? ""}\n`);
  process.exitCode = 2;
}
