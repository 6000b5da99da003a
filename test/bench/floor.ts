import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  App,
  LocalBackend,
  TerraformLocal,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  type TerraformElement,
} from "cdktf";
import type { Construct } from "constructs";

type Attributes = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

/** What of a cdk.tf.json the floor makes again. */
interface SynthesizedJson {
  readonly terraform?: { readonly backend?: { readonly local?: { readonly path: string } } };
  readonly provider?: Readonly<Record<string, readonly Attributes[]>>;
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly locals?: Readonly<Record<string, unknown>>;
  readonly output?: Readonly<Record<string, Attributes>>;
  readonly variable?: Readonly<Record<string, Attributes>>;
}

/** A local takes its value where others take their attributes. */
type Binding = new (scope: Construct, id: string, config: unknown) => TerraformElement;

interface Element {
  readonly binding: Binding;
  readonly id: string;
  readonly config: unknown;
}

/** A stack with everything looked up and converted, so that only bare cdktf is left to do. */
export interface Blueprint {
  readonly name: string;
  readonly elements: readonly Element[];
  readonly statePath: string | undefined;
}

/** Reads what the product wrote. @param outdir holds `stacks/<name>/cdk.tf.json` */
export async function readBlueprints(outdir: string): Promise<readonly Blueprint[]> {
  const folder = join(outdir, "stacks");
  return Promise.all(
    readdirSync(folder).map(async (name) => {
      const json = JSON.parse(readFileSync(join(folder, name, "cdk.tf.json"), "utf8")) as SynthesizedJson;
      return { name, elements: await elementsOf(json), statePath: json.terraform?.backend?.local?.path };
    }),
  );
}

/** The floor: the same elements by the classes of cdktf and of the bindings alone, written to disk by cdktf. */
export function synthesizeFloor(blueprints: readonly Blueprint[], outdir: string): void {
  const app = new App({ outdir });
  for (const { name, elements, statePath } of blueprints) {
    const stack = new TerraformStack(app, name);
    if (statePath !== undefined) new LocalBackend(stack, { path: statePath });
    for (const { binding: Binding, id, config } of elements) new Binding(stack, id, config);
  }
  app.synth();
}

async function elementsOf({
  provider,
  resource,
  data,
  locals,
  output,
  variable,
}: SynthesizedJson): Promise<readonly Element[]> {
  const { OpenstackProvider } = await import("@cdktf/provider-openstack/lib/provider");
  return [
    ...(provider?.["openstack"] ?? []).map((attributes) => element(OpenstackProvider, "openstack", attributes)),
    ...Object.entries(variable ?? {}).map(([id, attributes]) => element(TerraformVariable, id, attributes)),
    ...Object.entries(locals ?? {}).map(([id, config]) => ({ binding: TerraformLocal, id, config })),
    ...(await blockElements(data ?? {}, "data-openstack-")),
    ...(await blockElements(resource ?? {}, "")),
    ...Object.entries(output ?? {}).map(([id, attributes]) => element(TerraformOutput, id, attributes)),
  ];
}

/** @param prefix what a submodule's name has before the type's own words */
async function blockElements(blocks: Blocks, prefix: string): Promise<readonly Element[]> {
  const ofTypes = Object.entries(blocks).map(async ([type, byName]) => {
    const binding = await findBinding(`${prefix}${type.replace(/^openstack_/, "").replaceAll("_", "-")}`, type);
    return Object.entries(byName).map(([id, attributes]) => element(binding, id, attributes));
  });
  return (await Promise.all(ofTypes)).flat();
}

async function findBinding(submodule: string, type: string): Promise<Binding> {
  const module = (await import(`@cdktf/provider-openstack/lib/${submodule}`)) as Readonly<Record<string, unknown>>;
  const binding = Object.values(module).find(
    (candidate) => (candidate as { readonly tfResourceType?: string }).tfResourceType === type,
  );
  if (binding === undefined) throw new Error(`${submodule} has no class for ${type}`);
  return binding as Binding;
}

function element(binding: unknown, id: string, attributes: Attributes): Element {
  const { depends_on: dependsOn, ...others } = attributes as { depends_on?: readonly string[] };
  const config = toCamelCaseKeys(others);
  return {
    binding: binding as Binding,
    id,
    config: dependsOn === undefined ? config : { ...config, dependsOn: dependsOn.map((fqn) => ({ fqn })) },
  };
}

function toCamelCaseKeys(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => {
      const name = key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
      return [name, key === "lifecycle" ? toCamelCaseKeys(value as Attributes) : toCamelCaseValue(value)];
    }),
  );
}

/** Blocks stand in lists; an object by itself is a map, whose keys are the user's. */
function toCamelCaseValue(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown) => (isObject(item) ? toCamelCaseKeys(item) : item));
}

function isObject(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
