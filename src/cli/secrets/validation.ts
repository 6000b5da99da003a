import { isOpenStack } from "../../config/cluster-config.js";
import type { FaultyFile, LoadedEnvironment } from "../../config/load-environments.js";
import { findBundles } from "../../pki/bundle-location.js";
import type { CliIo } from "../io.js";
import { IDENTITY_VARIABLE, readBundleOf } from "./bundle-access.js";
import { warningRecords, type WarningRecord } from "./warnings.js";

/** `none`: there are none yet, or none are needed. */
export type SecretsState = "none" | "sound" | "faulty" | "unchecked";

export interface SecretsValidation {
  readonly faulty: readonly FaultyFile[];
  readonly warnings: readonly WarningRecord[];
  /** By the absolute path of bootstrap.yaml. */
  readonly states: ReadonlyMap<string, SecretsState>;
}

/** Checks the secrets of each environment that has some. Loads what reads them only then. */
export async function validateSecrets(
  environments: readonly LoadedEnvironment[],
  io: CliIo,
): Promise<SecretsValidation> {
  const faulty: FaultyFile[] = [];
  const warnings: WarningRecord[] = [];
  const states = new Map<string, SecretsState>();
  const refuse = (environment: LoadedEnvironment, file: FaultyFile) => {
    states.set(environment.file, "faulty");
    faulty.push({ file: file.file, diagnostics: file.diagnostics });
  };
  for (const environment of environments) {
    const { config, directory } = environment;
    states.set(environment.file, "none");
    if (!isOpenStack(config) || findBundles(directory).length === 0) continue;
    const reading = await readBundleOf(environment, io);
    switch (reading.kind) {
      case "absent":
        break;
      case "faulty":
        refuse(environment, reading);
        break;
      case "locked":
        states.set(environment.file, "unchecked");
        warnings.push({
          file: reading.file,
          path: "",
          message: "is encrypted: its certificates were not checked",
          remedy: `set ${IDENTITY_VARIABLE} to the file with your age identity`,
        });
        break;
      case "read": {
        const { checkBundle } = await import("../../pki/bundle-check.js");
        const { file, bundle } = reading.stored;
        const check = checkBundle(bundle, config, io.now());
        const diagnostics = [...check.damage, ...check.overdue];
        states.set(environment.file, "sound");
        warnings.push(...warningRecords(file, check.warnings));
        if (diagnostics.length > 0) refuse(environment, { file, diagnostics });
      }
    }
  }
  return { faulty, warnings, states };
}
