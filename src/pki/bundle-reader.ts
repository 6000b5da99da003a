import { readFileSync, statSync } from "node:fs";
import type { Diagnostic } from "../config/diagnostics.js";
import { codeOf } from "./atomic-file.js";
import { findBundles, type BundleLocation } from "./bundle-location.js";
import { parseBundle, type StoredBundle } from "./stored-bundle.js";

export type BundleReading =
  | { readonly kind: "absent" }
  | { readonly kind: "read"; readonly stored: StoredBundle }
  /** It is encrypted, and no identity was given to read it. */
  | { readonly kind: "locked"; readonly file: string }
  | { readonly kind: "faulty"; readonly file: string; readonly diagnostics: readonly Diagnostic[] };

const OTHERS = 0o077;
const RESTORE = "restore the file from a backup; if no node was made with it yet, remove it and make another";

/**
 * Reads the secrets bundle in an environment's folder. What it finds wrong names no content of it.
 *
 * @param identityFile absolute path of a file of age identities; needed for an encrypted bundle
 */
export async function readBundle(directory: string, identityFile: string | undefined): Promise<BundleReading> {
  const [location, other] = findBundles(directory);
  if (location === undefined) return { kind: "absent" };
  if (other !== undefined) return faulty(location, bothForms(location, other));
  try {
    return location.encrypted ? await readEncrypted(location, identityFile) : readPlain(location);
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    return faulty(location, unreadable(code));
  }
}

function readPlain(location: BundleLocation): BundleReading {
  const { file } = location;
  const mode = statSync(file).mode & 0o777;
  if ((mode & OTHERS) !== 0) {
    return faulty(location, {
      path: [],
      problem: `others than its owner have rights to it: its mode is 0${mode.toString(8)}`,
      expected: "mode 0600; what it holds opens the whole cluster",
      remedy: `chmod 600 ${file}, and find out who has read it`,
    });
  }
  const content = readFileSync(file, "utf8");
  return parsed(location, content, content);
}

async function readEncrypted(location: BundleLocation, identityFile: string | undefined): Promise<BundleReading> {
  const content = readFileSync(location.file, "utf8");
  if (identityFile === undefined) return { kind: "locked", file: location.file };
  // Those without recipients do not wait for what reads encrypted files.
  const { decryptWithIdentities, parseIdentities } = await import("./age-file.js");
  const identities = readIdentities(identityFile, parseIdentities);
  if ("refused" in identities) return faulty(location, identities.refused);
  const decryption = await decryptWithIdentities(content, identities.given);
  switch (decryption.kind) {
    case "text":
      return parsed(location, content, decryption.text);
    case "other-recipients":
      return faulty(location, {
        path: [],
        problem: `is encrypted to others than the identities in ${identityFile}`,
        expected: "an identity of one whom `pki.ageRecipients` named when it was written",
        remedy: "name a file with such an identity in KAAS_AGE_IDENTITY_FILE",
      });
    case "damaged":
      return faulty(location, {
        path: [],
        problem: "is no whole age file: it was cut short or changed",
        expected: "an age file with ASCII armor",
        remedy: RESTORE,
      });
  }
}

function readIdentities(
  file: string,
  parse: (text: string) => readonly string[] | undefined,
): { readonly given: readonly string[] } | { readonly refused: Diagnostic } {
  const refuse = (problem: string) => ({
    refused: {
      path: [],
      problem: `cannot be read: ${problem}`,
      expected: "KAAS_AGE_IDENTITY_FILE naming a file of age identities, as age-keygen writes it",
      remedy: "correct the variable or the file",
    },
  });
  try {
    const given = parse(readFileSync(file, "utf8"));
    return given === undefined ? refuse(`${file} holds something else than AGE-SECRET-KEY-1 lines`) : { given };
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    return refuse(`${file}: ${code}`);
  }
}

function parsed(location: BundleLocation, content: string, text: string): BundleReading {
  const result = parseBundle(text);
  if (!result.ok) return faulty(location, ...result.diagnostics);
  const { bundle, recipients } = result;
  return { kind: "read", stored: { ...location, content, bundle, recipients } };
}

/** A form is removed only when the other is whole: after an interruption both are, and hold the same. */
function bothForms(one: BundleLocation, other: BundleLocation): Diagnostic {
  return {
    path: [],
    problem: `stands beside ${other.file}`,
    expected: "one of them",
    remedy:
      `with \`pki.ageRecipients\` in bootstrap.yaml remove ${one.file}, without remove ${other.file}; ` +
      "see first that the other can be read",
  };
}

function unreadable(code: string): Diagnostic {
  return {
    path: [],
    problem: `cannot be read (${code})`,
    expected: "a file that you can read",
    remedy: "check what stands there and its rights",
  };
}

function faulty({ file }: BundleLocation, ...diagnostics: readonly Diagnostic[]): BundleReading {
  return { kind: "faulty", file, diagnostics };
}
