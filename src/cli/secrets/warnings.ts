import type { BundleWarning } from "../../pki/bundle-check.js";
import { formatPath } from "../../config/diagnostics.js";
import { shownPath } from "../shown-path.js";
import type { Style } from "../style.js";

/** What is no mistake yet, in a file of secrets. Flat, as in JSON. */
export interface WarningRecord {
  /** Absolute. */
  readonly file: string;
  /** `authorities.cluster`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

export function warningRecords(file: string, warnings: readonly BundleWarning[]): readonly WarningRecord[] {
  return warnings.map(({ path, message, remedy }) => ({ file, path: formatPath(path), message, remedy }));
}

export function formatWarnings(warnings: readonly WarningRecord[], cwd: string, style: Style): string {
  return warnings
    .map(({ file, path, message, remedy }) => {
      const subject = path === "" ? "" : `${path} `;
      return `${style.yellow("warning:")} ${shownPath(file, cwd)}: ${subject}${message}\nremedy: ${remedy}\n`;
    })
    .join("");
}
