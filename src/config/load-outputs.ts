import { z } from "zod";
import { nearest } from "../lib/nearest.js";
import {
  isOpenStack,
  type ClusterConfig,
  type EksClusterConfig,
  type OpenStackClusterConfig,
} from "./cluster-config.js";
import { plannedCluster, type Cluster } from "./cluster-outputs.js";
import type { Diagnostic, LocatedDiagnostic, Path } from "./diagnostics.js";
import {
  eksFields,
  openStackFields,
  type EksOutputs,
  type OpenStackOutputs,
  type OutputField,
  type OutputFields,
} from "./output-fields.js";
import { readSource } from "./source-document.js";
import { stackNamesOf, tenancyStackName } from "./stack-names.js";
import { valueAt } from "./zod-issues.js";

export type OutputsResult =
  | { readonly ok: true; readonly cluster: Cluster }
  | { readonly ok: false; readonly diagnostics: readonly LocatedDiagnostic[] };

/** What `cdktf deploy --outputs-file` writes: outputs by stack. Those that charts have no use for may be anything. */
const documentSchema = z.record(z.string(), z.record(z.string(), z.unknown()));

/**
 * A cluster with the outputs of its outputs.json; placeholders stand for those that are not in it.
 *
 * @param text of the file
 */
export function parseOutputs(text: string, config: ClusterConfig): OutputsResult {
  const parsed = parseJson(text);
  if ("problem" in parsed) return { ok: false, diagnostics: [mistake([], config, parsed)] };
  const { diagnostics, cluster } = parseDocument(parsed.value, config);
  if (diagnostics.length === 0) return { ok: true, cluster };
  // Every JSON is YAML too, but for doubled keys, which have no one place.
  const source = readSource(text);
  return { ok: false, diagnostics: source.ok ? diagnostics.map(source.document.locate) : diagnostics };
}

function parseJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // The error's message quotes the file, which may hold secrets.
    return { problem: "is no JSON" };
  }
}

interface ParsedOutputs {
  readonly cluster: Cluster;
  readonly diagnostics: readonly Diagnostic[];
}

function parseDocument(value: unknown, config: ClusterConfig): ParsedOutputs {
  const document = documentSchema.safeParse(value);
  if (!document.success) {
    const diagnostics = document.error.issues.map(({ path }) =>
      mistake(path as Path, config, { problem: `is no mapping of ${path.length === 0 ? "stacks" : "outputs"}` }),
    );
    return { cluster: plannedCluster(config), diagnostics };
  }
  const known = stacksWithOutputs(config);
  const foreign = Object.keys(document.data).filter((stack) => !known.includes(stack));
  const { cluster, diagnostics } = isOpenStack(config)
    ? openStackOutputs(document.data, config)
    : eksOutputs(document.data, config);
  return { cluster, diagnostics: [...foreign.map((stack) => foreignStack(stack, known, config)), ...diagnostics] };
}

/** A tenancy that is made elsewhere can be told of by hand. */
function stacksWithOutputs(config: ClusterConfig): readonly string[] {
  return [...new Set([...(isOpenStack(config) ? [tenancyStackName(config.name)] : []), ...stackNamesOf(config)])];
}

type Document = z.output<typeof documentSchema>;

function openStackOutputs(document: Document, config: OpenStackClusterConfig): ParsedOutputs {
  const { values, diagnostics } = readFields<OpenStackOutputs, OpenStackClusterConfig>(
    document,
    openStackFields,
    config,
  );
  return { cluster: { config, outputs: { ...plannedCluster(config).outputs, ...values } }, diagnostics };
}

function eksOutputs(document: Document, config: EksClusterConfig): ParsedOutputs {
  const { values, diagnostics } = readFields<EksOutputs, EksClusterConfig>(document, eksFields, config);
  return { cluster: { config, outputs: { ...plannedCluster(config).outputs, ...values } }, diagnostics };
}

function readFields<Outputs, Config extends ClusterConfig>(
  document: Document,
  fields: OutputFields<Outputs, Config>,
  config: Config,
): { readonly values: Partial<Outputs>; readonly diagnostics: readonly Diagnostic[] } {
  const values: Record<string, unknown> = {};
  const diagnostics: Diagnostic[] = [];
  for (const [key, field] of Object.entries<OutputField<unknown, Config>>(fields)) {
    const stack = field.stack(config.name);
    const value = document[stack]?.[field.name];
    if (value === undefined) continue;
    const result = field.schema(config).safeParse(value);
    if (result.success) values[key] = result.data;
    else {
      for (const { path } of result.error.issues) {
        const found = valueAt(value, path as Path);
        diagnostics.push(
          mistake([stack, field.name, ...(path as Path)], config, {
            ...(found === undefined ? { problem: "is missing" } : { value: found }),
            expected: field.expected,
          }),
        );
      }
    }
  }
  return { values: values as Partial<Outputs>, diagnostics };
}

function foreignStack(stack: string, known: readonly string[], config: ClusterConfig): Diagnostic {
  const meant = nearest(stack, known);
  return mistake([stack], config, {
    problem: "is no stack of this cluster",
    expected: `outputs by stack: ${known.join(", ")}`,
    ...(meant !== undefined && { remedy: `did you mean ${meant}?` }),
  });
}

/** Without a value where any output may stand: it may be a secret. */
function mistake(path: Path, config: ClusterConfig, said: Partial<Diagnostic>): Diagnostic {
  return {
    path,
    expected: "what `cdktf deploy --outputs-file` writes",
    remedy: `write the file anew: \`npx cdktf output ${stackNamesOf(config).join(" ")} --outputs-file <file>\``,
    ...said,
  };
}
