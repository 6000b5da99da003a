import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../../lib/user-error.js";
import type { SqlDatabase, SqlTransaction } from "./sql-database.js";

export interface Migration {
  /** `<timestamp>_<name>` */
  readonly name: string;
  readonly up: string;
  readonly down: string;
}

export const MIGRATIONS_FOLDER = join(import.meta.dirname, "migrations");
const FILE = /^(\d{10}_[a-z0-9_]+)\.(up|down)\.sql$/;

/** The migrations of this program, oldest first. @throws Error when one has no way back, or a name is not of their form */
export function readMigrations(folder = MIGRATIONS_FOLDER): readonly Migration[] {
  const files = readdirSync(folder).sort();
  const strange = files.find((file) => !FILE.test(file));
  if (strange !== undefined) throw new Error(`${strange} is not named <timestamp>_<name>.<up|down>.sql`);
  const names = [...new Set(files.map((file) => FILE.exec(file)?.[1] ?? ""))];
  const read = (name: string, direction: "up" | "down") =>
    readFileSync(join(folder, `${name}.${direction}.sql`), "utf8");
  return names.map((name) => ({ name, up: read(name, "up"), down: read(name, "down") }));
}

/**
 * Runs every migration that the database has not seen, all of them or none. Replicas that start at the same time wait for
 * each other.
 *
 * @returns names of those that were run
 * @throws UserError when the database has seen one that this program does not know: it is of a later version
 */
export async function migrateUp(database: SqlDatabase, migrations = readMigrations()): Promise<readonly string[]> {
  return database.transaction(
    async (session) => {
      const seen = await appliedMigrations(session);
      refuseUnknown(seen, migrations);
      const missing = migrations.filter(({ name }) => !seen.includes(name));
      for (const { name, up } of missing) {
        await session.script(up);
        await session.run("INSERT INTO migrations (name) VALUES ($1)", name);
      }
      return missing.map(({ name }) => name);
    },
    { alone: true },
  );
}

/**
 * Takes back what came after a migration, all of it or nothing.
 *
 * @param last the one that stays the last; undefined: none stays
 * @returns names of those that were taken back, latest first
 * @throws UserError when the database has not seen it, or has seen one that this program does not know
 */
export async function migrateDownTo(
  database: SqlDatabase,
  last: string | undefined,
  migrations = readMigrations(),
): Promise<readonly string[]> {
  return database.transaction(
    async (session) => {
      const seen = await appliedMigrations(session);
      if (last !== undefined && !seen.includes(last)) {
        throw new UserError(`the store has not seen the migration ${last}`, `it has seen ${seen.join(", ")}`);
      }
      refuseUnknown(seen, migrations);
      const names = seen.slice(last === undefined ? 0 : seen.indexOf(last) + 1).reverse();
      for (const name of names) {
        await session.script(migrations.find((migration) => migration.name === name)?.down ?? "");
        await session.run("DELETE FROM migrations WHERE name = $1", name);
      }
      return names;
    },
    { alone: true },
  );
}

function refuseUnknown(seen: readonly string[], migrations: readonly Migration[]): void {
  const unknown = seen.find((name) => !migrations.some((migration) => migration.name === name));
  if (unknown === undefined) return;
  throw new UserError(
    `the store has the migration ${unknown}, which this version of kubernetes-auth does not know`,
    "run the later version that made it",
  );
}

async function appliedMigrations(session: SqlTransaction): Promise<readonly string[]> {
  await session.script("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)");
  const rows = await session.all("SELECT name FROM migrations ORDER BY name");
  return rows.map(({ name }) => String(name));
}
