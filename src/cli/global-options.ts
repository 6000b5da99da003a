import type { OptionSpecs } from "./command.js";

const OUTPUT_FORMATS = ["text", "json"] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Taken by every command, before or after its name. */
export const globalOptions = {
  output: {
    value: "format",
    choices: OUTPUT_FORMATS,
    defaultText: "text",
    description: "text to read, or one JSON document for programs",
  },
  "no-color": { description: "no colours; NO_COLOR in the environment does the same" },
  verbose: { description: "stack traces of unexpected failures; KAASCTL_DEBUG=1 does the same" },
} as const satisfies OptionSpecs;

/** What holds for a run even when its command line cannot be parsed. */
export interface GlobalSettings {
  readonly format: OutputFormat;
  readonly colour: boolean;
  readonly verbose: boolean;
}

/** Read apart from the command line's parser, so that its own errors come in the format that was asked for. */
export function globalSettings(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): GlobalSettings {
  const end = argv.indexOf("--");
  const words = end === -1 ? argv : argv.slice(0, end);
  const json =
    words.includes("--output=json") || words.some((word, at) => word === "--output" && words[at + 1] === "json");
  return {
    format: json ? "json" : "text",
    colour: !words.includes("--no-color"),
    verbose: words.includes("--verbose") || !["", "0", undefined].includes(env["KAASCTL_DEBUG"]),
  };
}
