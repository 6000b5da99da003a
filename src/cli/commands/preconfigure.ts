import { isOpenStack, type OpenStackClusterConfig } from "../../config/cluster-config.js";
import { loadEnvironments, type FaultyFile, type LoadedEnvironment } from "../../config/load-environments.js";
import { UserError } from "../../lib/user-error.js";
import type { Preparation } from "../../pki/preparation.js";
import type { StoredBundle } from "../../pki/stored-bundle.js";
import { defineCommand } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { FaultyBootstrapError } from "../faulty-bootstrap.js";
import type { CliIo } from "../io.js";
import { formatPreparedCluster, preparedClusterRecord, type PreparedCluster } from "../preconfigure/report.js";
import { registryAuthOf } from "../preconfigure/registry-auth.js";
import { selectEnvironments } from "../project.js";
import { IDENTITY_HELP, lockedError, readBundleOf } from "../secrets/bundle-access.js";
import { formatWarnings, warningRecords, type WarningRecord } from "../secrets/warnings.js";

const NOTHING_WRITTEN = "nothing was written";

export const preconfigure = defineCommand({
  path: ["preconfigure"],
  summary: "make or renew the secrets of clusters",
  description: [
    "Makes what is secret of a cluster on OpenStack: its certificate authorities, keys, tokens and certificates, into one " +
      "file beside bootstrap.yaml, for its owner alone. Git must not have it; keep a backup: without it no node can be " +
      "added, and no certificate renewed.",
    "What is there and valid stays as it is. Certificates are renewed when they end soon, when they expired, and when " +
      "bootstrap.yaml asks for other names; authorities and keys never are.",
    IDENTITY_HELP,
  ],
  arguments: {
    environment: { kind: "variadic", description: "environments by name, at least one", complete: "environments" },
  },
  options: {
    initialised: {
      description: "say that the control plane has come up: from now on every controller joins it, the first one too",
    },
  },
  examples: [
    { line: "kaasctl preconfigure demo-openstack", says: "make its secrets, or renew what ends" },
    { line: "kaasctl preconfigure demo-openstack demo-rhosp --output json", says: "of several; what was done as JSON" },
    {
      line: "kaasctl preconfigure demo-openstack --initialised",
      says: "after its first nodes are ready: a replaced first controller will join the others",
    },
  ],
  jsonFields: {
    environments:
      "each with `environment`, `cluster`, `provider` and `secrets`, each of these with `secret` (its place in the file), " +
      "`action` (`made`, `renewed`, `kept` or `dropped`), `reason` and `expires` (a time) where they apply; on OpenStack " +
      "also `file`, `encrypted`, `recipients`, `written` (whether the file changed) and `removed` (a file that it took " +
      "the place of)",
    warnings: "what will need you, each with `file`, `path`, `message` and `remedy`",
    diagnostics: "what is wrong with a bootstrap.yaml or a file of secrets; nothing was written then",
  },
  async run(input, { io, style }) {
    const environments = loadSound(input.arguments.environment, io);
    const openStack = environments.flatMap((environment) =>
      isOpenStack(environment.config) ? [{ ...environment, config: environment.config }] : [],
    );
    const eks = environments.filter(({ config }) => !isOpenStack(config));
    // Nothing is written before everything is known to be sound.
    const prepared = await prepareAll(openStack, input.options.initialised, io);
    const { writeBundle } = await import("../../pki/bundle-writer.js");
    const clusters: PreparedCluster[] = [];
    const warnings: WarningRecord[] = [];
    for (const { environment, before, preparation, warningsOf } of prepared) {
      const { name, directory, config } = environment;
      const recipients = config.pki.ageRecipients;
      const written = await writeBundle(directory, preparation.bundle, { recipients, replacing: before });
      clusters.push({ environment: name, cluster: config.name, steps: preparation.steps, written });
      warnings.push(...warningsOf(written.file));
    }
    return {
      exitCode: exitCodes.ok,
      text: [
        ...clusters.map((cluster) => formatPreparedCluster(cluster, { style, cwd: io.cwd })),
        ...eks.map(({ name }) => `${style.bold(name)}\nnothing to make: Amazon runs the control plane\n`),
        ...(warnings.length === 0 ? [] : [formatWarnings(warnings, io.cwd, style)]),
      ].join("\n"),
      json: {
        environments: [
          ...clusters.map(preparedClusterRecord),
          ...eks.map(({ name, config }) => ({ environment: name, cluster: config.name, provider: "eks", secrets: [] })),
        ],
        warnings,
      },
    };
  },
});

type OpenStackEnvironment = LoadedEnvironment & { readonly config: OpenStackClusterConfig };

interface PreparedEnvironment {
  readonly environment: OpenStackEnvironment;
  readonly before: StoredBundle | undefined;
  readonly preparation: Preparation;
  readonly warningsOf: (file: string) => readonly WarningRecord[];
}

function loadSound(names: readonly string[], io: CliIo): readonly LoadedEnvironment[] {
  if (names.length === 0) {
    const known = selectEnvironments([], io.cwd).map(({ name }) => name);
    throw new UserError(
      "name the environments to make secrets for",
      `those that exist: ${known.join(", ")}; kaasctl preconfigure --help shows what it does`,
    );
  }
  const { sound, faulty } = loadEnvironments(selectEnvironments(names, io.cwd));
  if (faulty.length > 0) throw new FaultyBootstrapError(faulty, NOTHING_WRITTEN);
  return sound;
}

async function prepareAll(
  environments: readonly OpenStackEnvironment[],
  initialised: boolean,
  io: CliIo,
): Promise<readonly PreparedEnvironment[]> {
  if (environments.length === 0) return [];
  const [{ checkBundle }, { prepareBundle }] = await Promise.all([
    import("../../pki/bundle-check.js"),
    import("../../pki/preparation.js"),
  ]);
  const now = io.now();
  const prepared: PreparedEnvironment[] = [];
  const faulty: FaultyFile[] = [];
  for (const environment of environments) {
    const { config } = environment;
    const registryAuth = registryAuthOf(environment, io.env);
    const reading = await readBundleOf(environment, io);
    if (reading.kind === "locked") throw lockedError(reading.file, NOTHING_WRITTEN);
    if (reading.kind === "faulty") {
      faulty.push(reading);
      continue;
    }
    const before = reading.kind === "read" ? reading.stored : undefined;
    const damage = before === undefined ? [] : checkBundle(before.bundle, config, now).damage;
    if (before !== undefined && damage.length > 0) {
      faulty.push({ file: before.file, diagnostics: damage });
      continue;
    }
    const preparation = await prepareBundle(config, { existing: before?.bundle, now, registryAuth, initialised });
    const { warnings } = checkBundle(preparation.bundle, config, now);
    prepared.push({ environment, before, preparation, warningsOf: (file) => warningRecords(file, warnings) });
  }
  if (faulty.length > 0) throw new FaultyBootstrapError(faulty, NOTHING_WRITTEN);
  return prepared;
}
