import type { z } from "zod";
import { nearest } from "../lib/nearest.js";
import { formatPath, type Diagnostic, type Path } from "./diagnostics.js";
import { distinction, fieldOf, objectsAt } from "./schema-walk.js";

/** A schema in which a field that is unknown at its place may be known after all. */
export interface Elsewhere {
  readonly schema: z.core.$ZodType;
  /** Where that schema holds: `on eks`. Absent for the schema of the field's own section. */
  readonly where?: string;
}

const SECRET = /passw|secret|token|credential|api_?key|private_?key/i;

/**
 * Never shows the value: it could be a secret.
 *
 * @param elsewhere schemas of the section that `path` begins with
 */
export function unknownKey(path: Path, known: readonly string[], elsewhere: readonly Elsewhere[] = []): Diagnostic {
  const key = String(path.at(-1));
  return {
    path,
    problem: "is no known field here",
    expected: known.length === 1 ? `nothing but ${known.join()}` : `one of ${known.join(", ")}`,
    remedy: SECRET.test(key)
      ? "remove it: no secret stands in bootstrap.yaml; clouds.yaml and the environment's secrets bundle hold them"
      : (knownElsewhere(path, elsewhere) ?? misspelt(key, known) ?? "remove it"),
  };
}

function knownElsewhere(path: Path, elsewhere: readonly Elsewhere[]): string | undefined {
  const key = String(path.at(-1));
  for (const { schema, where } of elsewhere) {
    const object = objectsAt(schema, path.slice(1, -1)).find((candidate) => fieldOf(candidate, key) !== undefined);
    if (object === undefined) continue;
    if (where !== undefined) return `remove it: it is a field of clusters ${where}`;
    const [beside] = distinction(object);
    return beside === undefined ? undefined : `remove it, or write \`${beside}\`, which it goes with`;
  }
  return undefined;
}

function misspelt(key: string, known: readonly string[]): string | undefined {
  const meant = nearest(key, known);
  return meant === undefined ? undefined : `did you mean ${meant}?`;
}

export function reservedKey(path: Path): Diagnostic {
  return {
    path,
    problem: `${formatPath(path)} is a name that JavaScript keeps to itself`,
    expected: "a field of docs/bootstrap.md",
    remedy: "remove it",
  };
}
