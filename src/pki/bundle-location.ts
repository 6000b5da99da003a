import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";

/** Where the secrets bundle of an environment stands: the one file for its owner, or the other for age's recipients. */
export const PLAIN_BUNDLE = "secrets.json";
export const ENCRYPTED_BUNDLE = "secrets.json.age";

export interface BundleLocation {
  /** Absolute. */
  readonly file: string;
  readonly encrypted: boolean;
}

export function plainLocation(directory: string): BundleLocation {
  return { file: join(directory, PLAIN_BUNDLE), encrypted: false };
}

export function encryptedLocation(directory: string): BundleLocation {
  return { file: join(directory, ENCRYPTED_BUNDLE), encrypted: true };
}

/**
 * The bundles in an environment's folder: none, one, or both where a change from one form to the other was cut short.
 * Loads nothing else, so that whoever has no bundle does not wait for what reads them.
 */
export function findBundles(directory: string): readonly BundleLocation[] {
  // A link that leads nowhere counts: what stands there would be replaced.
  const present =
    existsSync(directory) && statSync(directory).isDirectory() ? new Set(readdirSync(directory)) : undefined;
  return [plainLocation(directory), encryptedLocation(directory)].filter(({ file }) => present?.has(basename(file)));
}
