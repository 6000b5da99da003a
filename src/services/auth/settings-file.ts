import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseDocument } from "yaml";
import { nearest } from "../../lib/nearest.js";
import { UserError } from "../../lib/user-error.js";
import type { SecretReference } from "./secret-reference.js";
import { settingsSchema, type Settings } from "./settings.js";

/** Settings, and the folder that paths in them start from. */
export interface LoadedSettings {
  readonly settings: Settings;
  /** Absolute. */
  readonly folder: string;
}

/** @throws UserError which names every mistake of the file */
export function readSettings(file: string): LoadedSettings {
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw new UserError(`cannot read ${file} (${code})`, "name a configuration with -config-file");
  }
  return { settings: parseSettings(text, file), folder: dirname(resolve(file)) };
}

/** @param file its name, for messages */
export function parseSettings(text: string, file: string): Settings {
  const document = parseDocument(text, { prettyErrors: true });
  const [syntax] = document.errors;
  if (syntax !== undefined) throw new UserError(`${file} is not YAML: ${syntax.message.trim()}`);
  const result = settingsSchema.safeParse(document.toJS() ?? {});
  if (result.success) return result.data;
  const mistakes = result.error.issues.flatMap((issue) => {
    const place = issue.path.join(".");
    if (issue.code !== "unrecognized_keys") return [`${place}: ${issue.message}`];
    return issue.keys.map((key) => {
      const meant = nearest(key, knownKeys(issue.path));
      return `${[...issue.path, key].join(".")}: there is no such field${meant === undefined ? "" : `; did you mean ${meant}?`}`;
    });
  });
  throw new UserError(
    [`${file} has ${mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes`}`, ...mistakes].join("\n  "),
    "config-example.yaml shows every field",
  );
}

/** Of the top of the file: further down the message of the place is enough. */
function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  return path.length === 0 ? Object.keys(settingsSchema.shape) : [];
}

/**
 * The secret that a field refers to.
 *
 * @param field its path, for messages
 * @throws UserError when it is not there, or empty
 */
export function readSecret(
  reference: SecretReference,
  field: string,
  { folder, environment }: { readonly folder: string; readonly environment: NodeJS.ProcessEnv },
): string {
  if ("env" in reference) {
    const value = environment[reference.env];
    if (value === undefined || value === "") {
      throw new UserError(`${field}: the environment variable ${reference.env} is not set`, `set it`);
    }
    return value;
  }
  const text = readFile(reference.file, field, folder).trim();
  if (text === "") throw new UserError(`${field}: ${reference.file} is empty`);
  return text;
}

/** @throws UserError when it cannot be read */
export function readFile(file: string, field: string, folder: string): string {
  try {
    return readFileSync(resolve(folder, file), "utf8");
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw new UserError(`${field}: cannot read ${file} (${code})`);
  }
}
