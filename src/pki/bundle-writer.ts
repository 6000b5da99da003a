import { readFileSync } from "node:fs";
import { UserError } from "../lib/user-error.js";
import { codeOf, removeFile, writeAtomically } from "./atomic-file.js";
import type { SecretsBundle } from "./bundle.js";
import { encryptedLocation, findBundles, plainLocation } from "./bundle-location.js";
import { formatBundle, type StoredBundle } from "./stored-bundle.js";

export interface BundleWriting {
  /** Whom to encrypt to; none: a plain file for its owner alone. */
  readonly recipients: readonly string[];
  /** What was read before, which must still be there. @default - nothing was there */
  readonly replacing?: StoredBundle | undefined;
}

export interface WrittenBundle {
  /** Absolute. */
  readonly file: string;
  readonly encrypted: boolean;
  /** Whom it is encrypted to. */
  readonly recipients: readonly string[];
  /** False when the file holds all that already. */
  readonly written: boolean;
  /** The file of the other form that it took the place of. */
  readonly removed?: string;
}

/**
 * Writes the secrets bundle into an environment's folder, unless it is there as it should be. The old one stays until the
 * new one is whole.
 *
 * @throws UserError when the folder does not take it, when a recipient is none, or when another run wrote meanwhile
 */
export async function writeBundle(
  directory: string,
  bundle: SecretsBundle,
  { recipients: named, replacing }: BundleWriting,
): Promise<WrittenBundle> {
  const recipients = [...new Set(named)];
  const { file, encrypted } = recipients.length > 0 ? encryptedLocation(directory) : plainLocation(directory);
  const written = { file, encrypted, recipients, written: true };
  if (replacing?.file === file && isSame(replacing, bundle, recipients)) return { ...written, written: false };

  const text = formatBundle(bundle, recipients);
  const content = encrypted ? await encrypt(text, recipients) : text;
  refuseChanges(directory, replacing);
  writeAtomically(file, content);
  if (replacing === undefined || replacing.file === file) return written;
  removeFile(replacing.file);
  return { ...written, removed: replacing.file };
}

async function encrypt(text: string, recipients: readonly string[]): Promise<string> {
  const { encryptToRecipients } = await import("./age-file.js");
  return encryptToRecipients(text, recipients);
}

function isSame(stored: StoredBundle, bundle: SecretsBundle, recipients: readonly string[]): boolean {
  const sameRecipients =
    stored.recipients.length === recipients.length && stored.recipients.every((one) => recipients.includes(one));
  return sameRecipients && formatBundle(stored.bundle, []) === formatBundle(bundle, []);
}

/** Two runs at once would each make the keys of a cluster, and the later would take away the earlier's. */
function refuseChanges(directory: string, replacing: StoredBundle | undefined): void {
  const found = findBundles(directory).map(({ file }) => file);
  const expected = replacing === undefined ? [] : [replacing.file];
  const same = found.join("\n") === expected.join("\n") && (replacing === undefined || isUnchanged(replacing));
  if (!same) {
    throw new UserError(
      `the secrets in ${directory} changed while they were being renewed; nothing was written`,
      "see that no other kaasctl is at work there, and run the command again",
    );
  }
}

function isUnchanged({ file, content }: StoredBundle): boolean {
  try {
    return readFileSync(file, "utf8") === content;
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return false;
  }
}
