import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IgnitionDocument } from "./ignition.js";
import { runCommand } from "./process.js";

/** Fails with what Ignition's own validator says against a document. */
export async function validateIgnition(document: IgnitionDocument): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "kaas-ignition-"));
  try {
    const file = join(folder, "config.ign");
    writeFileSync(file, JSON.stringify(document));
    await runCommand("ignition-validate", "ignition-validate", [file], { cwd: folder, environment: {} });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
