import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "@jest/globals";
import { projectRoot } from "./project.js";

/** Compares a whole document with test/golden/<name>. `UPDATE_GOLDEN=1 npm test` writes what is there now. */
export function expectGolden(name: string, text: string): void {
  const file = join(projectRoot, "test/golden", name);
  if (process.env["UPDATE_GOLDEN"] === "1") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(existsSync(file) ? readFileSync(file, "utf8") : `${name} does not exist: UPDATE_GOLDEN=1 writes it`).toBe(
    text,
  );
}
