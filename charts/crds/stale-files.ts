import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A file that is not what it should be; without a text it should not be there. */
export interface StaleFile {
  readonly name: string;
  readonly text?: string;
}

/** How a folder differs from the files that should be all it holds. */
export function staleFiles(folder: string, expected: ReadonlyMap<string, string>): readonly StaleFile[] {
  const present = existsSync(folder) ? readdirSync(folder) : [];
  return [
    ...[...expected]
      .filter(([name, text]) => !present.includes(name) || readFileSync(join(folder, name), "utf8") !== text)
      .map(([name, text]) => ({ name, text })),
    ...present.filter((name) => !expected.has(name)).map((name) => ({ name })),
  ];
}
