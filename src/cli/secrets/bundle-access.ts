import { resolve } from "node:path";
import type { BundleReading } from "../../pki/bundle-reader.js";
import type { SecretsBundle } from "../../pki/bundle.js";
import { isOpenStack, type OpenStackClusterConfig } from "../../config/cluster-config.js";
import type { Diagnostic } from "../../config/diagnostics.js";
import { loadEnvironments, type LoadedEnvironment } from "../../config/load-environments.js";
import { UserError } from "../../lib/user-error.js";
import { FaultyBootstrapError } from "../faulty-bootstrap.js";
import type { CliIo } from "../io.js";
import { selectEnvironments } from "../project.js";

/** Environment variable with the path of a file of age identities, as age-keygen writes it. */
export const IDENTITY_VARIABLE = "KAAS_AGE_IDENTITY_FILE";

/** Said in the help of every command that reads a bundle. */
export const IDENTITY_HELP =
  `Where \`pki.ageRecipients\` names recipients, the secrets are encrypted to them; ${IDENTITY_VARIABLE} in the environment ` +
  "names the file with your age identity.";

export async function readBundleOf({ directory }: LoadedEnvironment, io: CliIo): Promise<BundleReading> {
  const { readBundle } = await import("../../pki/bundle-reader.js");
  const variable = io.env[IDENTITY_VARIABLE] ?? "";
  return readBundle(directory, variable === "" ? undefined : resolve(io.cwd, variable));
}

/** @param consequence what did not happen: `nothing was written` */
export function lockedError(file: string, consequence: string): FaultyBootstrapError {
  const diagnostic: Diagnostic = {
    path: [],
    problem: `is encrypted, and ${IDENTITY_VARIABLE} is not set`,
    expected: `${IDENTITY_VARIABLE} naming a file of age identities, as age-keygen writes it`,
    remedy: `export ${IDENTITY_VARIABLE}=<file>`,
  };
  return new FaultyBootstrapError([{ file, diagnostics: [diagnostic] }], consequence);
}

export interface ClusterSecrets {
  readonly config: OpenStackClusterConfig;
  readonly bundle: SecretsBundle;
}

/**
 * The secrets of one environment, for a command that hands them on.
 *
 * @param concerns whether the command hands on what stands at a path of the bundle: only that must be valid
 * @throws UserError when they are not there, cannot be read, are damaged or no longer serve
 */
export async function requireSecrets(
  name: string,
  io: CliIo,
  concerns: (path: Diagnostic["path"]) => boolean,
): Promise<ClusterSecrets> {
  const consequence = "nothing was printed or written";
  const { sound, faulty } = loadEnvironments(selectEnvironments([name], io.cwd));
  const [environment] = sound;
  if (environment === undefined) throw new FaultyBootstrapError(faulty, consequence);
  const { config } = environment;
  if (!isOpenStack(config)) {
    throw new UserError(
      `${config.name} is a cluster on Amazon EKS, which has no secrets of its own`,
      `aws eks update-kubeconfig --name ${config.name} signs you in`,
    );
  }
  const reading = await readBundleOf(environment, io);
  switch (reading.kind) {
    case "absent":
      throw new UserError(`${environment.name} has no secrets yet`, `kaasctl preconfigure ${environment.name}`);
    case "locked":
      throw lockedError(reading.file, consequence);
    case "faulty":
      throw new FaultyBootstrapError([reading], consequence);
    case "read": {
      const { checkBundle } = await import("../../pki/bundle-check.js");
      const { damage, overdue } = checkBundle(reading.stored.bundle, config, io.now());
      const diagnostics = [...damage, ...overdue.filter(({ path }) => concerns(path))];
      if (diagnostics.length > 0) {
        throw new FaultyBootstrapError([{ file: reading.stored.file, diagnostics }], consequence);
      }
      return { config, bundle: reading.stored.bundle };
    }
  }
}
