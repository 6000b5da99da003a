import { defineCommand, type CommandContext } from "../command.js";
import { summarize, summaryFields } from "../cluster-summary.js";
import { exitCodes } from "../exit-codes.js";
import { countMistakes, diagnosticRecords, formatFaultyFile } from "../faulty-bootstrap.js";
import { loadEnvironments, type FaultyFile, type LoadedEnvironment } from "../../config/load-environments.js";
import { selectEnvironments } from "../project.js";
import { validateSecrets, type SecretsState, type SecretsValidation } from "../secrets/validation.js";
import { formatWarnings } from "../secrets/warnings.js";
import { shownPath } from "../shown-path.js";
import { formatFields } from "../table.js";

export const validate = defineCommand({
  path: ["validate"],
  summary: "check bootstrap.yaml files and secrets, offline",
  description: [
    "Checks each bootstrap.yaml: its form, its values and the rules between them. Every mistake is reported at once, " +
      "with its place, what was expected and what to do. Nothing is asked of a cloud.",
    "Where `kaasctl preconfigure` made secrets, their certificates are checked too: that they fit together and to " +
      "bootstrap.yaml, and that none has expired. For encrypted ones KAAS_AGE_IDENTITY_FILE in the environment names the " +
      "file with your age identity.",
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
      "role), `networks` (CIDRs by purpose), `endpoints` (`api`, `ingress`) and `secrets` (`none`, `sound`, `faulty` or " +
      "`unchecked`)",
    diagnostics: "the mistakes of the others, and of files of secrets",
    warnings: "what is no mistake yet, each with `file`, `path`, `message` and `remedy`",
  },
  async run(input, context) {
    const loaded = loadEnvironments(selectEnvironments(input.arguments.environment, context.io.cwd));
    const secrets = await validateSecrets(loaded.sound, context.io);
    const faulty = [...loaded.faulty, ...secrets.faulty];
    const sound = faulty.length === 0;
    return {
      exitCode: sound ? exitCodes.ok : exitCodes.mistake,
      text: reportText(loaded.sound, faulty, secrets, context),
      json: {
        ...(!sound && { error: { message: countMistakes(faulty) } }),
        environments: loaded.sound.map(({ file, config }) => ({
          file,
          ...summarize(config),
          secrets: secrets.states.get(file),
        })),
        diagnostics: diagnosticRecords(faulty),
        warnings: secrets.warnings,
      },
    };
  },
});

function reportText(
  sound: readonly LoadedEnvironment[],
  faulty: readonly FaultyFile[],
  secrets: SecretsValidation,
  context: CommandContext,
): string {
  const { io, style } = context;
  const parts = [
    ...sound.map((environment) => soundText(environment, secrets.states.get(environment.file), context)),
    ...faulty.map((file) => formatFaultyFile(file, io.cwd)),
    ...(secrets.warnings.length === 0 ? [] : [formatWarnings(secrets.warnings, io.cwd, style)]),
  ];
  if (faulty.length > 0 && parts.length > 1) {
    const others = sound.length === 0 ? "" : `; ${sound.length} ${sound.length === 1 ? "file is" : "files are"} sound`;
    parts.push(`${style.red(countMistakes(faulty))}${others}\n`);
  }
  return parts.join("\n");
}

const STATE_TEXTS: Readonly<Record<Exclude<SecretsState, "none">, string>> = {
  sound: "valid",
  faulty: "faulty: see below",
  unchecked: "not checked: see below",
};

function soundText(
  { file, config }: LoadedEnvironment,
  secrets: SecretsState = "none",
  { io, style, columns }: CommandContext,
): string {
  const fields = [
    ...summaryFields(summarize(config)),
    ...(secrets === "none" ? [] : [["secrets", STATE_TEXTS[secrets]] as const]),
  ];
  return `${style.green("ok")}  ${shownPath(file, io.cwd)}\n${formatFields(fields, "    ", columns)}`;
}
