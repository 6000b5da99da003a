import { join, relative, resolve } from "node:path";
import type { SynthesizedStack } from "../../../stacks/synthesize.js";
import { stackNamesOf } from "../../config/stack-names.js";
import { UserError } from "../../lib/user-error.js";
import { defineCommand } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { FaultyBootstrapError } from "../faulty-bootstrap.js";
import { loadEnvironments, type LoadedEnvironment } from "../../config/load-environments.js";
import { findProject, selectEnvironments } from "../project.js";
import { fillOutputFolder, stacksIn } from "../synth/output-folder.js";
import { formatSynthReport, type SynthReport } from "../synth/report.js";
import { toSynthesizedCluster } from "../synth/synthesized-cluster.js";

const DEFAULT_OUT = "cdktf.out";

export const synth = defineCommand({
  path: ["synth"],
  summary: "write Terraform configuration from bootstrap.yaml files",
  description: [
    "Writes one folder a stack, `<out>/stacks/<stack>/cdk.tf.json`, that Terraform and OpenTofu take as it is. " +
      "Every environment is checked first: with one mistake in any of them, nothing is written.",
    "Without an argument it takes every environment of the project. Stacks of other environments stay in the folder: " +
      "they are what their resources can still be destroyed with.",
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
      description: "folder to write into",
      defaultText: `${DEFAULT_OUT} beside environments/`,
      complete: "folders",
    },
  },
  examples: [
    { line: "kaasctl synth", says: "every environment" },
    { line: "kaasctl synth demo-openstack", says: "one of them" },
    { line: "kaasctl synth --out /tmp/review --output json", says: "elsewhere; what was written as JSON" },
  ],
  jsonFields: {
    clusters:
      "each with `environment`, the fields that `validate` has, and `stacks`, in the order in which they are applied: " +
      "`name`, `file` (absolute path of its cdk.tf.json) and `resources` (`total`, and `byType` by Terraform type)",
    untouched: "stacks in the folder that no environment has now; empty when environments are named",
    outdir: "the folder, absolute",
    durationMs: "milliseconds that the run took",
  },
  async run(input, context) {
    const { io } = context;
    const started = io.now();
    const named = input.arguments.environment;
    const environments = loadSound(named, io.cwd);
    refuseSharedNames(environments);

    const outdir = resolve(io.cwd, input.options.out ?? join(findProject(io.cwd) ?? io.cwd, DEFAULT_OUT));
    const stacks = await writeStacks(environments, outdir);
    const written = stacks.map(({ name }) => name);
    const report: SynthReport = {
      clusters: environments.map((environment) => toSynthesizedCluster(environment, stacks)),
      // Of a few named environments the others' stacks are there by right.
      untouched: named.length > 0 ? [] : stacksIn(outdir).filter((name) => !written.includes(name)),
      outdir,
      durationMs: io.now().getTime() - started.getTime(),
    };
    return {
      exitCode: exitCodes.ok,
      text: formatSynthReport(report, { ...context, cwd: io.cwd }),
      json: { ...report },
    };
  },
});

function loadSound(names: readonly string[], cwd: string): readonly LoadedEnvironment[] {
  const { sound, faulty } = loadEnvironments(selectEnvironments(names, cwd));
  if (faulty.length > 0) throw new FaultyBootstrapError(faulty, "nothing was written");
  return sound;
}

async function writeStacks(
  environments: readonly LoadedEnvironment[],
  outdir: string,
): Promise<readonly SynthesizedStack[]> {
  const { synthesize } = await import("../../../stacks/synthesize.js");
  return fillOutputFolder(outdir, async (folder) => {
    const stacks = await synthesize(environments, folder);
    return stacks.map((stack) => ({ ...stack, file: join(outdir, relative(folder, stack.file)) }));
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
