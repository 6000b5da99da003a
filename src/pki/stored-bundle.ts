import { z } from "zod";
import type { Diagnostic, Path } from "../config/diagnostics.js";
import { secretsBundleSchema, type SecretsBundle } from "./bundle.js";
import type { BundleLocation } from "./bundle-location.js";

/** A bundle as it was found. */
export interface StoredBundle extends BundleLocation {
  readonly bundle: SecretsBundle;
  /** Whom the file was encrypted to; none for a plain one. */
  readonly recipients: readonly string[];
  /** The file's own text. */
  readonly content: string;
}

/** An age file does not tell whom it was encrypted to, so the bundle inside says it. */
const storedSchema = secretsBundleSchema.extend({ ageRecipients: z.array(z.string()).optional() });

/** The text of a bundle: the same for the same bundle. */
export function formatBundle(bundle: SecretsBundle, recipients: readonly string[]): string {
  const stored = recipients.length === 0 ? bundle : { ...bundle, ageRecipients: recipients };
  return `${JSON.stringify(stored, null, 2)}\n`;
}

export type ParsedBundle =
  | { readonly ok: true; readonly bundle: SecretsBundle; readonly recipients: readonly string[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const RESTORE = "restore the file from a backup";

/** Every mistake of form at once, without values: any of them may be a secret, also what a parser quotes. */
export function parseBundle(text: string): ParsedBundle {
  const value = parseJson(text);
  if (value === undefined) {
    return failed({
      path: [],
      problem: "is no whole JSON: it was cut short or changed",
      expected: "what `kaasctl preconfigure` wrote",
      remedy: RESTORE,
    });
  }
  const result = storedSchema.safeParse(value);
  if (!result.success) return failed(...result.error.issues.flatMap(translate));
  const { ageRecipients = [], ...bundle } = result.data;
  return { ok: true, bundle, recipients: ageRecipients };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function translate(issue: z.core.$ZodIssue): readonly Diagnostic[] {
  const path = issue.path as Path;
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key],
      problem: "is unknown",
      expected: "a field of kaas-secrets/v1",
      remedy: `remove it, or use the release of kaasctl that wrote it`,
    }));
  }
  return [
    {
      path,
      problem: "is missing or of another form",
      expected: issue.code === "invalid_value" ? issue.values.map(String).join() : "what `kaasctl preconfigure` wrote",
      remedy: RESTORE,
    },
  ];
}

function failed(...diagnostics: readonly Diagnostic[]): ParsedBundle {
  return { ok: false, diagnostics };
}
