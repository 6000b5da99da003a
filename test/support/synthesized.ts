import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { addEksStacks } from "../../stacks/eks-stacks.js";
import { addOpenStackStacks } from "../../stacks/openstack-stacks.js";
import { synthesizeWith } from "../../stacks/synthesize.js";

export type Attributes = Readonly<Record<string, unknown>>;

/** A stack's cdk.tf.json, read as Terraform does. */
export interface SynthesizedJson {
  readonly terraform: Attributes;
  readonly provider: Readonly<Record<string, readonly Attributes[]>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly output: Readonly<Record<string, Attributes>>;
  readonly variable?: Readonly<Record<string, Attributes>>;
}

const makers = { openstack: addOpenStackStacks, eks: addEksStacks };

/** What was synthesized in this test file already, by configuration: equal configurations make equal stacks. */
const synthesized = new Map<string, ReadonlyMap<string, SynthesizedJson>>();

/** Every stack of a configuration by name, through the file on disk. */
export function synthesizeToJson(config: ClusterConfig): ReadonlyMap<string, SynthesizedJson> {
  const key = JSON.stringify(config);
  const known = synthesized.get(key) ?? readStacks(config);
  synthesized.set(key, known);
  return known;
}

function readStacks(config: ClusterConfig): ReadonlyMap<string, SynthesizedJson> {
  const root = mkdtempSync(join(tmpdir(), "kaas-synth-"));
  try {
    const directory = join(root, "environments", config.name);
    const stacks = synthesizeWith(makers, [{ config, directory }], join(root, "cdktf.out"));
    return new Map(stacks.map(({ name, file }) => [name, JSON.parse(readFileSync(file, "utf8")) as SynthesizedJson]));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The stack of the cluster itself. */
export function clusterStack(config: ClusterConfig): SynthesizedJson {
  const stack = synthesizeToJson(config).get(config.name);
  if (stack === undefined) throw new Error(`no stack ${config.name}`);
  return stack;
}

/** The stack that a cloud admin applies. */
export function tenancyStack(config: ClusterConfig): SynthesizedJson {
  const stack = synthesizeToJson(config).get(`${config.name}-tenancy`);
  if (stack === undefined) throw new Error(`${config.name} manages no tenancy`);
  return stack;
}

/** Resources by Terraform address, without what cdktf notes about their origin. */
export function resourcesByAddress(stack: SynthesizedJson): ReadonlyMap<string, Attributes> {
  return new Map(
    Object.entries(stack.resource).flatMap(([type, instances]) =>
      Object.entries(instances).map(
        ([name, { "//": _origin, ...attributes }]) => [`${type}.${name}`, attributes] as const,
      ),
    ),
  );
}

/** Resources of a type by name; empty when there is none. */
export function resourcesOf(stack: SynthesizedJson, type: string): Readonly<Record<string, Attributes>> {
  return stack.resource[type] ?? {};
}

/** Data sources of a type by name; empty when there is none. */
export function dataSourcesOf(stack: SynthesizedJson, type: string): Readonly<Record<string, Attributes>> {
  return stack.data?.[type] ?? {};
}

/** One resource. @throws when there is none */
export function resource(stack: SynthesizedJson, type: string, name: string): Attributes {
  const found = stack.resource[type]?.[name];
  if (found === undefined)
    throw new Error(`no ${type}.${name} in ${Object.keys(stack.resource[type] ?? {}).join(", ")}`);
  return found;
}
