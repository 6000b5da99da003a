import { formatPath, formatValue } from "../../config/diagnostics.js";
import type { Finding, FindingState } from "../../preflight/finding.js";
import type { CommandContext } from "../command.js";
import type { Style } from "../style.js";
import { formatTable, wrap } from "../table.js";
import type { Preflight } from "./preflight.js";

type Layout = Pick<CommandContext, "style" | "columns">;

/** A table of all checks, then each that is not well with what to do. */
export function formatPreflight({ environment, findings, note }: Preflight, { style, columns }: Layout): string {
  const head = style.bold(`preflight of ${environment.name}`);
  if (note !== undefined) return `${head}: ${note}\n`;
  const open = findings.filter(({ remedy }) => remedy !== undefined);
  return [
    `${head}: ${countFindings(findings)}\n`,
    table(findings, style, columns),
    ...groupAlike(open).map((group) => details(group[0], group, style)),
  ].join("\n");
}

/** `2 failures, 1 warning, 9 ok` */
export function countFindings(findings: readonly Finding[]): string {
  const counted = STATES.map((state) => [state, findings.filter((finding) => finding.state === state).length] as const);
  return counted
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${plural(state, count)}`)
    .join(", ");
}

const STATES: readonly FindingState[] = ["failure", "unknown", "warning", "ok"];

function plural(state: FindingState, count: number): string {
  return count > 1 && (state === "failure" || state === "warning") ? `${state}s` : state;
}

const GAP_WIDTH = 2;
const NARROWEST = 30;

function table(findings: readonly Finding[], style: Style, columns: number): string {
  const widthOf = (texts: readonly string[]) => Math.max(...texts.map(({ length }) => length)) + GAP_WIDTH;
  const before = widthOf(["CHECK", ...findings.map(({ check }) => check)]) + widthOf([...STATES, "STATE"]);
  const rows = findings.flatMap(({ check, state, message }) =>
    wrap(message, Math.max(columns - before, NARROWEST)).map((line, index) =>
      index === 0 ? [check, paint(state, style), line] : ["", "", line],
    ),
  );
  return formatTable([{ title: "CHECK" }, { title: "STATE" }, { title: "" }], rows, style);
}

function paint(state: FindingState, style: Style): string {
  switch (state) {
    case "ok":
      return style.green(state);
    case "warning":
    case "unknown":
      return style.yellow(state);
    case "failure":
      return style.red(state);
  }
}

/** In the form that mistakes of a bootstrap.yaml have. */
function details(
  { check, state, message, path, value, reckoning, expected, remedy }: Finding,
  alike: readonly Finding[],
  style: Style,
): string {
  const place = path === undefined ? "" : `  ${formatPath(path)}`;
  const field = (name: string, text: string | undefined) => (text === undefined ? [] : [`    ${name}${text}`]);
  const lines =
    alike.length > 1
      ? [`  ${paint(state, style)}  ${check} and ${alike.length - 1} more`]
      : [
          `  ${paint(state, style)}  ${check}${place}`,
          ...field("found:    ", value === undefined ? undefined : formatValue(value)),
          ...field("problem:  ", message),
          ...field("reckoned: ", reckoning),
        ];
  return [...lines, ...field("expected: ", expected), ...field("remedy:   ", remedy)]
    .map((line) => `${line}\n`)
    .join("");
}

/** Questions that one thing keeps from being answered are told of once. */
function groupAlike(findings: readonly Finding[]): readonly (readonly [Finding, ...Finding[]])[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const [index, finding] of findings.entries()) {
    const key = finding.unanswered === undefined ? String(index) : `${finding.unanswered} ${finding.remedy ?? ""}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

/** The same for programs. */
export function preflightRecord({ environment, findings, note }: Preflight) {
  const { name, file, config } = environment;
  return {
    environment: name,
    file,
    cluster: config.name,
    provider: config.provider.type,
    ...(note !== undefined && { note }),
    findings: findings.map(({ path, ...finding }) => ({
      ...finding,
      ...(path !== undefined && { path: formatPath(path) }),
    })),
  };
}
