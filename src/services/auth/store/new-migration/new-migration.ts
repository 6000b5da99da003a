import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../../../lib/user-error.js";
import { MIGRATIONS_FOLDER, readMigrations } from "../migrate.js";

const NAME = /^[a-z][a-z0-9_]*$/;

/**
 * Writes an empty pair of migrations, to be filled in, which comes after all that there are.
 *
 * @param seconds since 1970
 * @returns the files
 * @throws UserError when the name is none
 */
export function newMigration(name: string, seconds: number, folder = MIGRATIONS_FOLDER): readonly string[] {
  if (!NAME.test(name)) {
    throw new UserError(`"${name}" is no name of a migration`, "use lower-case letters, digits and underscores");
  }
  const last = Number(readMigrations(folder).at(-1)?.name.split("_")[0] ?? 0);
  const timestamp = Math.max(seconds, last + 1);
  return ["up", "down"].map((direction) => {
    const file = join(folder, `${timestamp}_${name}.${direction}.sql`);
    writeFileSync(file, "", { flag: "wx" });
    return file;
  });
}
