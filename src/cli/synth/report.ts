import { dirname, join, relative } from "node:path";
import { OUTPUTS_FILE } from "../../config/load-clusters.js";
import { describeApi, describeNodes } from "../cluster-summary.js";
import type { CommandContext } from "../command.js";
import { shownPath } from "../shown-path.js";
import { formatFields, formatTable, type Field } from "../table.js";
import { byService } from "./resource-kinds.js";
import type { SynthesizedCluster } from "./synthesized-cluster.js";

/** What one run of `synth` did. */
export interface SynthReport {
  readonly clusters: readonly SynthesizedCluster[];
  /** Stacks in the output folder that belong to no environment. */
  readonly untouched: readonly string[];
  /** Folder of the stacks, absolute. */
  readonly outdir: string;
  /** Folder of the manifests, absolute. */
  readonly manifests: string;
  readonly durationMs: number;
}

type Layout = Pick<CommandContext, "style" | "columns"> & { readonly cwd: string };

/** Of more clusters than this the resources by kind would bury the rest. */
const DETAILED_CLUSTERS = 3;

export function formatSynthReport(report: SynthReport, layout: Layout): string {
  return [
    stackTable(report, layout),
    ...report.clusters.map((cluster) => clusterText(cluster, report, layout)),
    ...notes(report, layout),
    nextStep(report, layout),
  ].join("\n");
}

function stackTable({ clusters, outdir, manifests, durationMs }: SynthReport, { style, cwd }: Layout): string {
  const columns = [
    { title: "STACK" },
    ...["ETCD", "CONTROLLERS", "WORKERS", "RESOURCES"].map((title) => ({ title, align: "right" as const })),
  ];
  const rows = clusters.flatMap(({ cluster, nodes, stacks }) =>
    stacks.map(({ name, resources }) => {
      // Neither a tenancy nor an issuer holds servers, and Amazon's are not ours to count.
      const counts = name === cluster ? [nodes.etcd, nodes.controllers, nodes.workers] : [0, 0, 0];
      return [name, ...counts.map((number) => (number === 0 ? "-" : String(number))), String(resources.total)];
    }),
  );
  const total = clusters.flatMap(({ stacks }) => stacks).reduce((sum, { resources }) => sum + resources.total, 0);
  const charts = clusters.flatMap((cluster) => cluster.charts);
  const written = [
    `${count(rows.length, "stack")} with ${count(total, "resource")} written to ${shownPath(outdir, cwd)}`,
    `${count(charts.length, "chart")} with ${count(countObjects(charts), "object")} written to ` +
      `${shownPath(manifests, cwd)} in ${(durationMs / 1000).toFixed(1)} s`,
  ];
  return `${formatTable(columns, rows, style)}\n${written.map((line) => `${style.green(line)}\n`).join("")}`;
}

function clusterText(cluster: SynthesizedCluster, { clusters }: SynthReport, { style, columns }: Layout): string {
  const detailed = clusters.length <= DETAILED_CLUSTERS;
  const own = cluster.stacks.find(({ name }) => name === cluster.cluster);
  const fields: readonly Field[] = [
    ["API", describeApi(cluster)],
    ["ingress", cluster.endpoints.ingress],
    ["charts", `${cluster.charts.length}: ${count(countObjects(cluster.charts), "object")}`],
    ...secretsField(cluster),
    ...placeholdersField(cluster, style),
    ...(detailed && own !== undefined ? byService(own.resources.byType) : []),
  ];
  const head = `${style.bold(cluster.cluster)}: ${describeNodes(cluster.nodes)}`;
  return `${head}\n${formatFields(fields, "  ", columns)}`;
}

function secretsField({ secrets }: SynthesizedCluster): readonly Field[] {
  return secrets.length === 0 ? [] : [["secrets", `${secrets.length} that the charts need and do not hold`]];
}

function placeholdersField({ placeholders }: SynthesizedCluster, style: Layout["style"]): readonly Field[] {
  if (placeholders.length === 0) return [];
  const names = placeholders.map(({ name }) => name).join(", ");
  return [[style.yellow("placeholders"), `${names}: not to be applied before ${OUTPUTS_FILE} tells them`]];
}

function countObjects(charts: SynthesizedCluster["charts"]): number {
  return charts.reduce((sum, { objects }) => sum + objects, 0);
}

function notes({ untouched, outdir }: SynthReport, { style, columns, cwd }: Layout): readonly string[] {
  const fields: Field[] = [];
  if (untouched.length > 0) {
    const folder = `${shownPath(outdir, cwd)}/stacks`;
    const advice = "no environment has them now; delete them once their resources are destroyed";
    fields.push([style.yellow("left alone"), `${untouched.join(", ")} in ${folder}: ${advice}`]);
  }
  return fields.length === 0 ? [] : [formatFields(fields, "", columns)];
}

/** One cluster's commands are enough to copy from. */
function nextStep({ clusters }: SynthReport, { style, cwd }: Layout): string {
  const [first, ...others] = clusters;
  if (first === undefined) return "";
  const { title, lines } = first.provider === "openstack" ? openStackSteps(first, cwd) : eksSteps(first, cwd);
  const rest = others.length === 0 ? "" : `; then ${others.map(({ cluster }) => cluster).join(", ")} likewise`;
  return `${style.bold(title)}${others.length > DETAILED_CLUSTERS ? "; then the others likewise" : rest}\n${lines.join("")}`;
}

interface Steps {
  readonly title: string;
  readonly lines: readonly string[];
}

function openStackSteps({ cluster, environment, stacks }: SynthesizedCluster, cwd: string): Steps {
  const plans = stacks.length > 1 ? "Terraform's plans, the tenancy's first" : "Terraform's plan";
  const variables = join(cwd, "environments", environment, "secrets.tfvars.json");
  return {
    title: `Next: make the secrets, then see ${plans}`,
    lines: [
      `  kaasctl preconfigure ${environment}\n`,
      `  kaasctl secrets variables ${environment} --out ${shownPath(variables, cwd)}\n`,
      ...stacks.map((stack) => {
        const own = stack.name === cluster ? ` \\\n    -var-file=${relative(dirname(stack.file), variables)}` : "";
        return `${planLine(stack, cwd)}${own})\n`;
      }),
    ],
  };
}

function eksSteps({ environment, stacks }: SynthesizedCluster, cwd: string): Steps {
  const [cluster, identity] = stacks;
  return {
    title: "Next: ask the account, then see Terraform's plan",
    lines: [
      `  kaasctl validate ${environment} --online\n`,
      ...(cluster === undefined ? [] : [`${planLine(cluster, cwd)})\n`]),
      ...(identity === undefined ? [] : [`  and ${identity.name} once kubernetes-auth answers\n`]),
    ],
  };
}

function planLine({ file }: { readonly file: string }, cwd: string): string {
  return `  (cd ${shownPath(dirname(file), cwd)} && terraform init && terraform plan`;
}

function count(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : `${noun}s`}`;
}
