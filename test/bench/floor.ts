import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  App,
  DataResource,
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
  return [
    ...(await Promise.all(Object.entries(provider ?? {}).map(providerElements))).flat(),
    ...Object.entries(variable ?? {}).map(([id, attributes]) => element(TerraformVariable, id, attributes)),
    ...Object.entries(locals ?? {}).map(([id, config]) => ({ binding: TerraformLocal, id, config })),
    ...(await blockElements(data ?? {}, "data")),
    ...(await blockElements(resource ?? {}, "resource")),
    ...Object.entries(output ?? {}).map(([id, attributes]) => element(TerraformOutput, id, attributes)),
  ];
}

/** What of the JSON tells one provider's bindings from another's. */
interface Bindings {
  /** Path of a submodule in the bindings' package. */
  readonly module: (submodule: string) => string;
  /** Whether the keys of an object by itself are the user's: blocks stand in lists with OpenStack, and need not with AWS. */
  readonly isMap: (key: string) => boolean;
}

const AWS_MAPS = new Set(["tags", "labels"]);
const bindingsOf: Readonly<Record<string, Bindings>> = {
  openstack: { module: (submodule) => `@cdktf/provider-openstack/lib/${submodule}`, isMap: () => true },
  aws: {
    module: (submodule) => `@cdktf/provider-aws/lib/${submodule}/index.js`,
    isMap: (key) => AWS_MAPS.has(key),
  },
};

function findBindings(provider: string): Bindings {
  const bindings = bindingsOf[provider];
  if (bindings === undefined) throw new Error(`no bindings for ${provider}`);
  return bindings;
}

async function providerElements([name, configs]: readonly [string, readonly Attributes[]]): Promise<
  readonly Element[]
> {
  const bindings = findBindings(name);
  const module = (await import(bindings.module("provider"))) as Readonly<Record<string, unknown>>;
  const binding = module[name === "aws" ? "AwsProvider" : "OpenstackProvider"];
  return configs.map((attributes) => element(binding, name, attributes, bindings));
}

async function blockElements(blocks: Blocks, kind: "resource" | "data"): Promise<readonly Element[]> {
  const ofTypes = Object.entries(blocks).map(async ([type, byName]) => {
    const [provider = "", ...words] = type.split("_");
    const entries = Object.entries(byName);
    // Terraform's own, for which cdktf has a class itself.
    if (provider === "terraform") return entries.map(([id, attributes]) => element(DataResource, id, attributes));
    const bindings = findBindings(provider);
    const submodule = [...(kind === "data" ? ["data", provider] : []), ...words].join("-");
    const binding = await findBinding(bindings.module(submodule), type);
    return entries.map(([id, attributes]) => element(binding, id, attributes, bindings));
  });
  return (await Promise.all(ofTypes)).flat();
}

async function findBinding(path: string, type: string): Promise<Binding> {
  const module = (await import(path)) as Readonly<Record<string, unknown>>;
  const binding = Object.values(module).find(
    (candidate) => (candidate as { readonly tfResourceType?: string } | undefined)?.tfResourceType === type,
  );
  if (binding === undefined) throw new Error(`${path} has no class for ${type}`);
  return binding as Binding;
}

function element(
  binding: unknown,
  id: string,
  attributes: Attributes,
  bindings: Pick<Bindings, "isMap"> = { isMap: () => true },
): Element {
  const { depends_on: dependsOn, ...others } = attributes as { depends_on?: readonly string[] };
  const config = toCamelCaseKeys(others, bindings);
  return {
    binding: binding as Binding,
    id,
    config: dependsOn === undefined ? config : { ...config, dependsOn: dependsOn.map((fqn) => ({ fqn })) },
  };
}

function toCamelCaseKeys(attributes: Attributes, bindings: Pick<Bindings, "isMap">): Attributes {
  return Object.fromEntries(
    Object.entries(attributes)
      // Notes about the element, which are nothing that its class takes.
      .filter(([key]) => key !== "//")
      .map(([key, value]) => {
        const name = key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
        const isBlock = key === "lifecycle" || !bindings.isMap(key);
        return [
          name,
          isBlock && isObject(value) ? toCamelCaseKeys(value, bindings) : toCamelCaseValue(value, bindings),
        ];
      }),
  );
}

/** Items of a list that are objects are blocks. */
function toCamelCaseValue(value: unknown, bindings: Pick<Bindings, "isMap">): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown) => (isObject(item) ? toCamelCaseKeys(item, bindings) : item));
}

function isObject(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
