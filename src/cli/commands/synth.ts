import { join, relative, resolve } from "node:path";
import { loadClusters } from "../../config/load-clusters.js";
import { missingOutputs, type Cluster } from "../../config/cluster-outputs.js";
import { stackNamesOf } from "../../config/stack-names.js";
import { UserError } from "../../lib/user-error.js";
import { defineCommand } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { FaultyBootstrapError } from "../faulty-bootstrap.js";
import { loadEnvironments, type LoadedEnvironment } from "../../config/load-environments.js";
import { findProject, selectEnvironments } from "../project.js";
import { fillOutputFolder, stacksIn } from "../synth/output-folder.js";
import { formatSynthReport, type SynthReport } from "../synth/report.js";
import { toSynthesizedCluster, type Synthesized } from "../synth/synthesized-cluster.js";

const DEFAULT_OUT = "cdktf.out";
const DEFAULT_MANIFESTS = "dist";

export const synth = defineCommand({
  path: ["synth"],
  summary: "write Terraform and manifests from bootstrap.yaml files",
  description: [
    "Writes one folder a stack, `<out>/stacks/<stack>/cdk.tf.json`, that Terraform and OpenTofu take as it is; and the " +
      "manifests of the managed services, `<manifests>/<cluster>/NNNN-<chart>.k8s.yaml`, one file a chart, numbered in the " +
      "order of application. Every environment is checked first: with one mistake in any of them, nothing is written.",
    "What Terraform alone knows of a cluster it takes from `outputs.json` beside bootstrap.yaml, as `cdktf deploy " +
      "--outputs-file` writes it. Placeholders stand for what is not there: the report names them, and such manifests are to " +
      "read and to check, not to apply.",
    "Without an argument it takes every environment of the project. Stacks of other environments stay in the folder: " +
      "they are what their resources can still be destroyed with. In the folder of a cluster's manifests those of charts " +
      "that it has no more are deleted.",
  ],
  arguments: {
    environment: {
      kind: "variadic",
      description: "environments by name",
      defaultText: "all",
      complete: "environments",
    },
  },
  options: {
    out: {
      value: "folder",
      description: "folder to write stacks into",
      defaultText: `${DEFAULT_OUT} beside environments/`,
      complete: "folders",
    },
    manifests: {
      value: "folder",
      description: "folder to write manifests into",
      defaultText: `${DEFAULT_MANIFESTS} beside environments/`,
      complete: "folders",
    },
  },
  examples: [
    { line: "kaasctl synth", says: "every environment" },
    { line: "kaasctl synth demo-openstack", says: "one of them" },
    {
      line: "kaasctl synth --out /tmp/tf --manifests /tmp/dist",
      says: "elsewhere",
    },
  ],
  jsonFields: {
    clusters:
      "each with `environment`, the fields that `validate` has, and `stacks`, in the order in which they are applied: " +
      "`name`, `file` (absolute path of its cdk.tf.json) and `resources` (`total`, and `byType` by Terraform type); `charts` " +
      "in the order of application: `name`, `file` and `objects` (their number); `placeholders`, the outputs of Terraform " +
      "that are not known: `stack` and `name`; and `secrets`, the Secrets that must be there before: `namespace`, `name`, " +
      "`purpose` and `keys` (where each value comes from)",
    untouched: "stacks in the folder that no environment has now; empty when environments are named",
    outdir: "the folder of the stacks, absolute",
    manifests: "the folder of the manifests, absolute",
    durationMs: "milliseconds that the run took",
  },
  async run(input, context) {
    const { io } = context;
    const started = io.now();
    const named = input.arguments.environment;
    const { environments, clusters } = loadSound(named, io.cwd);
    refuseSharedNames(environments);

    const folderOf = (option: string | undefined, name: string) =>
      resolve(io.cwd, option ?? join(findProject(io.cwd) ?? io.cwd, name));
    const outdir = folderOf(input.options.out, DEFAULT_OUT);
    const manifests = folderOf(input.options.manifests, DEFAULT_MANIFESTS);
    const synthesized = await write(environments, clusters, { outdir, manifests });
    const written = synthesized.stacks.map(({ name }) => name);
    const report: SynthReport = {
      clusters: environments.map((environment) => toSynthesizedCluster(environment, synthesized)),
      // Of a few named environments the others' stacks are there by right.
      untouched: named.length > 0 ? [] : stacksIn(outdir).filter((name) => !written.includes(name)),
      outdir,
      manifests,
      durationMs: io.now().getTime() - started.getTime(),
    };
    return {
      exitCode: exitCodes.ok,
      text: formatSynthReport(report, { ...context, cwd: io.cwd }),
      json: { ...report },
    };
  },
});

interface Sound {
  readonly environments: readonly LoadedEnvironment[];
  readonly clusters: readonly Cluster[];
}

function loadSound(names: readonly string[], cwd: string): Sound {
  const environments = loadEnvironments(selectEnvironments(names, cwd));
  const { clusters, faulty } = loadClusters(environments.sound);
  const mistaken = [...environments.faulty, ...faulty];
  if (mistaken.length > 0) throw new FaultyBootstrapError(mistaken, "nothing was written");
  return { environments: environments.sound, clusters };
}

/** Stacks and manifests, or neither. */
async function write(
  environments: readonly LoadedEnvironment[],
  clusters: readonly Cluster[],
  { outdir, manifests }: Pick<SynthReport, "outdir" | "manifests">,
): Promise<Synthesized> {
  const { synthesize } = await import("../../../stacks/synthesize.js");
  const { writeManifests } = await import("../../../charts/write-manifests.js");
  const { requiredSecrets } = await import("../../../charts/secrets/required-secrets.js");
  return fillOutputFolder(outdir, async (folder) => {
    const stacks = await synthesize(environments, folder);
    return {
      stacks: stacks.map((stack) => ({ ...stack, file: join(outdir, relative(folder, stack.file)) })),
      manifests: await writeManifests(clusters, manifests, "name another folder with --manifests"),
      placeholders: new Map(clusters.map((cluster) => [cluster.config.name, missingOutputs(cluster)])),
      secrets: new Map(clusters.map((cluster) => [cluster.config.name, requiredSecrets(cluster)])),
    };
  });
}

/** Two clusters of one name would write one stack. */
function refuseSharedNames(environments: readonly LoadedEnvironment[]): void {
  const owners = new Map<string, LoadedEnvironment>();
  for (const environment of environments) {
    for (const name of stackNamesOf(environment.config)) {
      const other = owners.get(name);
      if (other !== undefined) {
        throw new UserError(
          `${other.file} and ${environment.file} both make the stack ${name}`,
          "give one of the clusters another name, or synthesize one at a time",
        );
      }
      owners.set(name, environment);
    }
  }
}
