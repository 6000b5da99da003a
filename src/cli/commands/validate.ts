import { defineCommand, type CommandContext } from "../command.js";
import { summarize, summaryFields } from "../cluster-summary.js";
import { exitCodes } from "../exit-codes.js";
import { countMistakes, diagnosticRecords, formatFaultyFile } from "../faulty-bootstrap.js";
import { loadClusters } from "../../config/load-clusters.js";
import { loadEnvironments, type FaultyFile, type LoadedEnvironment } from "../../config/load-environments.js";
import { exitCodeOf, runPreflights, type Preflight } from "../preflight/preflight.js";
import { countFindings, formatPreflight, preflightRecord } from "../preflight/report.js";
import { selectEnvironments } from "../project.js";
import { validateSecrets, type SecretsState, type SecretsValidation } from "../secrets/validation.js";
import { formatWarnings } from "../secrets/warnings.js";
import { shownPath } from "../shown-path.js";
import { formatFields } from "../table.js";

export const validate = defineCommand({
  path: ["validate"],
  summary: "check bootstrap.yaml files and secrets, offline or online",
  description: [
    "Checks each bootstrap.yaml: its form, its values and the rules between them. Every mistake is reported at once, " +
      "with its place, what was expected and what to do. So is outputs.json beside it, where there is one. Without --online " +
      "nothing is asked of a cloud.",
    "Where `kaasctl preconfigure` made secrets, their certificates are checked too: that they fit together and to " +
      "bootstrap.yaml, and that none has expired. For encrypted ones KAAS_AGE_IDENTITY_FILE in the environment names the " +
      "file with your age identity.",
    "With --online it then asks AWS, for each sound environment on EKS, whether the plan can work: the account and its " +
      "right to the region, admin roles, zones, instance types, machine images, the version's support, and quotas against what the " +
      "plan needs beside what is in use. Nothing is changed there. Credentials are those of the AWS command line. It takes " +
      "the rights sts:GetCallerIdentity, ec2:Describe*, eks:DescribeCluster, eks:DescribeClusterVersions, " +
      "eks:ListClusters, iam:GetRole, iam:GetAccountSummary, servicequotas:GetServiceQuota and " +
      "servicequotas:GetAWSDefaultServiceQuota.",
    "Quotas are reckoned with every node group at its maxCount and the nodes that an update adds: two a zone, or " +
      "maxUnavailablePercent of the group if that is more. Not in it: a group that is replaced as a whole and stands beside " +
      "its successor for a while, and what workloads ask for. A quota that AWS does not tell is `unknown`, not ok.",
    "A failure ends with 2. Where AWS cannot be reached or denies a question, and nothing fails, it ends with 1.",
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
  options: {
    online: { description: "ask the cloud too whether the plan can work; in this release that is AWS" },
  },
  examples: [
    { line: "kaasctl validate", says: "every environment" },
    { line: "kaasctl validate demo-openstack", says: "environments/demo-openstack/bootstrap.yaml" },
    { line: "kaasctl validate ./new.yaml --output json", says: "any file; the mistakes as JSON" },
    {
      line: "AWS_PROFILE=platform kaasctl validate demo-eks --online",
      says: "and whether the account has room for it",
    },
  ],
  jsonFields: {
    environments:
      "those without mistakes, each with `file`, `cluster`, `provider`, `kubernetes`, `profile`, `nodes` (numbers by " +
      "role), `networks` (CIDRs by purpose), `endpoints` (`api`, `ingress`) and `secrets` (`none`, `sound`, `faulty` or " +
      "`unchecked`)",
    diagnostics: "the mistakes of the others, of outputs.json and of files of secrets",
    warnings: "what is no mistake yet, each with `file`, `path`, `message` and `remedy`",
    preflight:
      "with --online, of each environment without mistakes: `environment`, `file`, `cluster`, `provider`, `note` (why its " +
      "cloud was not asked) and `findings`, each with `check`, `state` (`ok`, `warning`, `failure` or `unknown`) and " +
      "`message`, and where they apply `path`, `value`, `reckoning`, `expected`, `remedy` and `unanswered` (`unreachable` or `denied`)",
  },
  async run(input, context) {
    const loaded = loadEnvironments(selectEnvironments(input.arguments.environment, context.io.cwd));
    const secrets = await validateSecrets(loaded.sound, context.io);
    const faulty = [...loaded.faulty, ...loadClusters(loaded.sound).faulty, ...secrets.faulty];
    const sound = faulty.length === 0;
    const preflights = input.options.online ? await runPreflights(loaded.sound, context.io) : undefined;
    const exitCode = sound ? exitCodeOf(preflights ?? []) : exitCodes.mistake;
    const problems = [
      ...(sound ? [] : [countMistakes(faulty)]),
      ...(exitCodeOf(preflights ?? []) === exitCodes.ok ? [] : [`preflight: ${countAll(preflights ?? [])}`]),
    ];
    return {
      exitCode,
      text: [
        reportText(loaded.sound, faulty, secrets, context),
        ...(preflights ?? []).map((preflight) => formatPreflight(preflight, context)),
      ].join("\n"),
      json: {
        ...(problems.length > 0 && { error: { message: problems.join("; ") } }),
        environments: loaded.sound.map(({ file, config }) => ({
          file,
          ...summarize(config),
          secrets: secrets.states.get(file),
        })),
        diagnostics: diagnosticRecords(faulty),
        warnings: secrets.warnings,
        ...(preflights !== undefined && { preflight: preflights.map(preflightRecord) }),
      },
    };
  },
});

function countAll(preflights: readonly Preflight[]): string {
  return countFindings(preflights.flatMap(({ findings }) => findings));
}

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
