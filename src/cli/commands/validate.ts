import { defineCommand, type CommandContext } from "../command.js";
import { summarize, summaryFields } from "../cluster-summary.js";
import { exitCodes } from "../exit-codes.js";
import { countMistakes, diagnosticRecords, formatFaultyFile } from "../faulty-bootstrap.js";
import { loadEnvironments, type LoadedEnvironment, type LoadedEnvironments } from "../../config/load-environments.js";
import { selectEnvironments } from "../project.js";
import { shownPath } from "../shown-path.js";
import { formatFields } from "../table.js";

export const validate = defineCommand({
  path: ["validate"],
  summary: "check bootstrap.yaml files, offline",
  description: [
    "Checks each bootstrap.yaml: its form, its values and the rules between them. Every mistake is reported at once, " +
      "with its place, what was expected and what to do. Nothing is asked of a cloud.",
    "Without an argument it checks every environment of the project.",
  ],
  arguments: {
    environment: {
      kind: "variadic",
      description: "environments by name, or paths of bootstrap.yaml files",
      defaultText: "all environments",
      complete: "environments",
    },
  },
  options: {},
  examples: [
    { line: "kaasctl validate", says: "every environment" },
    { line: "kaasctl validate demo-openstack", says: "environments/demo-openstack/bootstrap.yaml" },
    { line: "kaasctl validate ./new.yaml --output json", says: "any file; the mistakes as JSON" },
  ],
  jsonFields: {
    environments:
      "those without mistakes, each with `file`, `cluster`, `provider`, `kubernetes`, `profile`, `nodes` (numbers by " +
      "role), `networks` (CIDRs by purpose) and `endpoints` (`api`, `ingress`)",
    diagnostics: "the mistakes of the others",
  },
  run(input, context) {
    const loaded = loadEnvironments(selectEnvironments(input.arguments.environment, context.io.cwd));
    const sound = loaded.faulty.length === 0;
    return {
      exitCode: sound ? exitCodes.ok : exitCodes.mistake,
      text: reportText(loaded, context),
      json: {
        ...(!sound && { error: { message: countMistakes(loaded.faulty) } }),
        environments: loaded.sound.map(({ file, config }) => ({ file, ...summarize(config) })),
        diagnostics: diagnosticRecords(loaded.faulty),
      },
    };
  },
});

function reportText(loaded: LoadedEnvironments, context: CommandContext): string {
  const { sound, faulty } = loaded;
  const { io, style } = context;
  const parts = [
    ...sound.map((environment) => soundText(environment, context)),
    ...faulty.map((file) => formatFaultyFile(file, io.cwd)),
  ];
  if (faulty.length > 0 && parts.length > 1) {
    const others = sound.length === 0 ? "" : `; ${sound.length} ${sound.length === 1 ? "file is" : "files are"} sound`;
    parts.push(`${style.red(countMistakes(faulty))}${others}\n`);
  }
  return parts.join("\n");
}

function soundText({ file, config }: LoadedEnvironment, { io, style, columns }: CommandContext): string {
  return `${style.green("ok")}  ${shownPath(file, io.cwd)}\n${formatFields(summaryFields(summarize(config)), "    ", columns)}`;
}
