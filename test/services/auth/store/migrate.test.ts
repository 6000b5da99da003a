import { describe, expect, test } from "@jest/globals";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../../../src/lib/user-error.js";
import { readMigrations } from "../../../../src/services/auth/store/migrate.js";
import { newMigration } from "../../../../src/services/auth/store/new-migration/new-migration.js";
import { SqliteDatabase } from "../../../../src/services/auth/store/sqlite/sqlite-database.js";
import { describeMigrations } from "../../../conformance/auth-migrations.js";

describeMigrations("SQLite", () => {
  const database = SqliteDatabase.open(":memory:");
  return Promise.resolve({
    database,
    schema: async () => {
      const rows = await database.all(
        "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '%migrations%' ORDER BY name",
      );
      return rows.map(({ name, sql }) => `${String(name)}: ${String(sql)}`);
    },
    stop: () => database.close(),
  });
});

describe("files of migrations", () => {
  const inFolder = (work: (folder: string) => void) => {
    const folder = mkdtempSync(join(tmpdir(), "kaas-migrations-"));
    try {
      work(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test("come in pairs, in the order of their times", () => {
    inFolder((folder) => {
      newMigration("second", 1_800_000_002, folder);
      writeFileSync(join(folder, "1800000001_first.up.sql"), "CREATE");
      writeFileSync(join(folder, "1800000001_first.down.sql"), "DROP");
      const [first, second] = readMigrations(folder);
      expect(first).toEqual({ name: "1800000001_first", up: "CREATE", down: "DROP" });
      expect(second?.name).toBe("1800000002_second");
    });
  });

  test("are refused when one has no way back, or a name of another form", () => {
    inFolder((folder) => {
      writeFileSync(join(folder, "1800000001_first.up.sql"), "");
      expect(() => readMigrations(folder)).toThrow("1800000001_first.down.sql");
    });
    inFolder((folder) => {
      writeFileSync(join(folder, "first.up.sql"), "");
      expect(() => readMigrations(folder)).toThrow("first.up.sql is not named <timestamp>_<name>.<up|down>.sql");
    });
  });

  test("are made in pairs, later than all that there are", () => {
    inFolder((folder) => {
      const [up = "", down = ""] = newMigration("one", 1_800_000_000, folder);
      expect([up, down]).toEqual(["up", "down"].map((way) => join(folder, `1800000000_one.${way}.sql`)));
      expect(readFileSync(up, "utf8")).toBe("");
      // By another's clock, or twice in a second.
      for (const seconds of [1_700_000_000, 1_800_000_000]) newMigration("two", seconds, folder);
      expect(readMigrations(folder).map(({ name }) => name)).toEqual([
        "1800000000_one",
        "1800000001_two",
        "1800000002_two",
      ]);
    });
  });

  test.each(["", "Upper", "with space", "../up", "1st", "a.b"])("are not made of the name %j", (name) => {
    inFolder((folder) => {
      expect(() => newMigration(name, 1_800_000_000, folder)).toThrow(UserError);
      expect(readMigrations(folder)).toEqual([]);
    });
  });
});
