import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { UserError } from "../../src/lib/user-error.js";
import { migrateDownTo, migrateUp, readMigrations } from "../../src/services/auth/store/migrate.js";
import type { SqlDatabase } from "../../src/services/auth/store/sql-database.js";

/** A database without anything in it. */
export interface MigrationWorld {
  readonly database: SqlDatabase;
  /** All tables, columns and indexes, but for the table of migrations itself. */
  schema(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** What holds for migrations whatever the database is. */
export function describeMigrations(name: string, start: () => Promise<MigrationWorld>): void {
  describe(`migrations on ${name}`, () => {
    const all = readMigrations();
    const names = all.map((migration) => migration.name);
    let world: MigrationWorld;

    beforeEach(async () => {
      world = await start();
    });
    afterEach(() => world.stop());

    test("are run once each", async () => {
      expect(await migrateUp(world.database)).toEqual(names);
      expect(await migrateUp(world.database)).toEqual([]);
    });

    test("each come down to what was there before, and up again to the same", async () => {
      const schemas = [await world.schema()];
      for (let count = 1; count <= all.length; count += 1) {
        expect(await migrateUp(world.database, all.slice(0, count))).toEqual([names[count - 1]]);
        schemas.push(await world.schema());
      }
      expect(new Set(schemas.map((schema) => schema.join("\n"))).size).toBe(all.length + 1);
      for (let count = all.length - 1; count >= 0; count -= 1) {
        expect(await migrateDownTo(world.database, names[count - 1])).toEqual([names[count]]);
        expect(await world.schema()).toEqual(schemas[count]);
      }
      await migrateUp(world.database);
      expect(await world.schema()).toEqual(schemas.at(-1));
    });

    test("come down to a named one, latest first", async () => {
      const later = ["9999999998_one", "9999999999_other"].map((name, index) => ({
        name,
        up: `CREATE TABLE later_${index} (id TEXT)`,
        down: `DROP TABLE later_${index}`,
      }));
      const known = [...all, ...later];
      await migrateUp(world.database, known);
      const [first] = names;
      const taken = known.slice(1).reverse();
      expect(await migrateDownTo(world.database, first, known)).toEqual(taken.map((migration) => migration.name));
      expect(await migrateDownTo(world.database, first, known)).toEqual([]);
    });

    test("come down to none that the store has not seen", async () => {
      await migrateUp(world.database);
      const schema = await world.schema();
      await expect(migrateDownTo(world.database, "1795200000_no_such")).rejects.toThrow(UserError);
      expect(await world.schema()).toEqual(schema);
    });

    test("of a later version are refused, and so is the way down", async () => {
      const later = { name: "9999999999_later", up: "CREATE TABLE later (id TEXT)", down: "DROP TABLE later" };
      await migrateUp(world.database, [...all, later]);
      await expect(migrateUp(world.database)).rejects.toThrow(/9999999999_later, which this version/);
      await expect(migrateDownTo(world.database, names[0])).rejects.toThrow(UserError);
      expect(await migrateDownTo(world.database, names.at(-1), [...all, later])).toEqual([later.name]);
      expect(await migrateUp(world.database)).toEqual([]);
    });

    test("are run all or none", async () => {
      const broken = { name: "9999999999_broken", up: "CREATE TABLE half (id TEXT); CREATE TABL", down: "" };
      const before = await world.schema();
      await expect(migrateUp(world.database, [...all, broken])).rejects.toThrow();
      expect(await world.schema()).toEqual(before);
      expect(await migrateUp(world.database)).toEqual(names);
    });

    test("that came to an earlier place than the last are run too", async () => {
      const [first, ...rest] = all;
      if (first === undefined) throw new Error("there are no migrations");
      const between = { name: `${first.name}_2`, up: "CREATE TABLE between_two (id TEXT)", down: "" };
      await migrateUp(world.database);
      expect(await migrateUp(world.database, [first, between, ...rest])).toEqual([between.name]);
    });
  });
}
