import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Folder of the checkout. */
export const projectRoot = resolve(import.meta.dirname, "../..");

/** A folder of its own for a test, with the demo environments as a user would have them. */
export class TemporaryProject {
  readonly root = mkdtempSync(join(tmpdir(), "kaas-test-"));
  readonly outdir = join(this.root, "cdktf.out");

  constructor() {
    cpSync(join(projectRoot, "environments"), join(this.root, "environments"), { recursive: true });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
