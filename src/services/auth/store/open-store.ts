import { migrateDownTo, migrateUp } from "./migrate.js";
import { PostgresDatabase } from "./postgres/postgres-database.js";
import { SqlStore } from "./sql-store.js";
import { SqliteDatabase } from "./sqlite/sqlite-database.js";
import type { SqlDatabase } from "./sql-database.js";

/** Where the store is, with its secret. */
export type StoreLocation =
  | { readonly type: "sqlite"; readonly path: string }
  | { readonly type: "postgres"; readonly url: string; readonly connections: number };

/** A store whose migrations have been run. @throws StoreUnavailableError */
export async function openStore(location: StoreLocation): Promise<SqlStore> {
  const database = openDatabase(location);
  try {
    await migrateUp(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return new SqlStore(database);
}

/**
 * Takes back every migration that came after one, before an earlier version of the service is installed: what only later
 * versions keep is lost. Nothing else may use the store meanwhile.
 *
 * @returns names of those that were taken back, latest first
 * @throws UserError when the store has not seen the migration, or one of a version later than this
 * @throws StoreUnavailableError
 */
export async function takeBackMigrations(location: StoreLocation, last: string): Promise<readonly string[]> {
  const database = openDatabase(location);
  try {
    return await migrateDownTo(database, last);
  } finally {
    await database.close();
  }
}

function openDatabase(location: StoreLocation): SqlDatabase {
  return location.type === "sqlite" ? SqliteDatabase.open(location.path) : new PostgresDatabase(location);
}
