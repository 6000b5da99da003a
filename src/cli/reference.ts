import { argumentTerm, optionFlags, type ArgumentSpec, type CommandSpec, type OptionSpec } from "./command.js";
import { exitCodeMeanings } from "./exit-codes.js";
import { globalOptions } from "./global-options.js";
import { PRODUCT } from "./version.js";

/** docs/cli.md: the commands' own data as a page. */
export function cliReference(commands: readonly CommandSpec[]): string {
  return [
    "<!-- Generated from src/cli by `npm run generate`. Do not edit. -->",
    `# ${PRODUCT.name}`,
    INTRODUCTION,
    bullets(commands.map(({ path, summary }) => `[\`${path.join(" ")}\`](#${anchor(path)}): ${summary}`)),
    "## Options of every command",
    bullets([
      ...Object.entries(globalOptions).map(([name, option]) => term(optionFlags(name, option), option)),
      "`--version`: print kaasctl's version",
      "`--help`: print help",
    ]),
    "## Exit codes",
    bullets(Object.entries(exitCodeMeanings).map(([code, meaning]) => `\`${code}\`: ${meaning}`)),
    "## JSON output",
    JSON_OUTPUT,
    ...commands.flatMap(section),
  ]
    .join("\n\n")
    .concat("\n");
}

const INTRODUCTION = `From a checkout: \`npx kaasctl <command>\`, in any folder of it. The project is the nearest folder, from the working
directory upward, that holds \`environments/\`.`;

const JSON_OUTPUT = `With \`--output json\` a command prints one document on standard output, and nothing on standard error.
\`ok\` says whether the exit code is 0; without it there are:

- \`error\`: \`message\`, \`remedy\` where there is one, and \`stack\` with \`--verbose\`;
- \`diagnostics\`: the mistakes of bootstrap.yaml files, each with \`file\`, \`path\` (\`workers[1].flavor\`), \`line\`,
  \`column\`, \`value\`, \`problem\`, \`expected\` and \`remedy\`; what does not apply is absent.

Fields may be added in any release; none is removed or changes its meaning within a major version.`;

function section(command: CommandSpec): readonly string[] {
  const name = command.path.join(" ");
  const terms = Object.entries(command.arguments).map(([argument, spec]) => argumentTerm(argument, spec));
  const usage = [PRODUCT.name, name, ...terms, "[options]"].join(" ");
  const parameters = [
    ...Object.entries(command.arguments).map(([argument, spec]) => term(argumentTerm(argument, spec), spec)),
    ...Object.entries(command.options).map(([option, spec]) => term(optionFlags(option, spec), spec)),
  ];
  return [
    `## ${name}`,
    `\`\`\`\n${usage}\n\`\`\``,
    ...command.description,
    ...(parameters.length === 0 ? [] : [bullets(parameters)]),
    "Examples:",
    bullets(command.examples.map(({ line, says }) => `\`${line}\`: ${says}`)),
    "JSON:",
    bullets(Object.entries(command.jsonFields).map(([field, meaning]) => `\`${field}\`: ${meaning}`)),
  ];
}

function term(name: string, { description, choices, defaultText }: ArgumentSpec | OptionSpec): string {
  const notes = [
    ...(choices === undefined ? [] : [`one of ${choices.map((choice) => `\`${choice}\``).join(", ")}`]),
    ...(defaultText === undefined ? [] : [`default: ${defaultText}`]),
  ];
  return `\`${name}\`: ${description}${notes.length === 0 ? "" : ` (${notes.join("; ")})`}`;
}

function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

function anchor(path: readonly string[]): string {
  return path.join("-");
}
