import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { catalogue } from "../../../src/versions/catalogue.js";
import { runCommand } from "./process.js";

/** What of OpenAPI 2 the API's description uses. */
interface ApiSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, ApiSchema>>;
  readonly items?: ApiSchema;
  readonly additionalProperties?: ApiSchema;
  readonly "x-kubernetes-group-version-kind"?: readonly { group: string; version: string; kind: string }[];
  readonly [keyword: string]: unknown;
}

type Definitions = Readonly<Record<string, ApiSchema>>;
type JsonSchema = Readonly<Record<string, unknown>>;

const REFERENCE = "#/definitions/";
/** YAML has some as numbers. */
const QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";

/**
 * Writes the schemas of Kubernetes' own resources as kubeconform reads them, strict, in the layout of the schemas of definitions:
 * of the description of its API that Kubernetes' module has.
 *
 * @returns how many there are
 */
export async function writeKubernetesSchemas(folder: string): Promise<number> {
  const definitions = await apiDefinitions();
  let count = 0;
  for (const [name, { "x-kubernetes-group-version-kind": kinds = [] }] of Object.entries(definitions)) {
    for (const { group, version, kind } of kinds) {
      // kubeconform takes the first part of the API version for the group.
      const file = join(folder, group === "" ? version : group, `${kind.toLowerCase()}_${version}.json`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(schemaOf(name, definitions)));
      count += 1;
    }
  }
  return count;
}

async function apiDefinitions(): Promise<Definitions> {
  const module = `k8s.io/kubernetes@v${catalogue.kubernetes.default}`;
  const answer = await runCommand(`go mod download ${module}`, "go", ["mod", "download", "-json", module], {
    cwd: tmpdir(),
    environment: { GOFLAGS: "-mod=mod", GOWORK: "off" },
  });
  const { Dir: root } = JSON.parse(answer) as { readonly Dir: string };
  const text = readFileSync(join(root, "api/openapi-spec/swagger.json"), "utf8");
  return (JSON.parse(text) as { readonly definitions: Definitions }).definitions;
}

/** With whatever it refers to: some schemas hold themselves. */
function schemaOf(name: string, definitions: Definitions): JsonSchema {
  const reached = new Map<string, JsonSchema>();
  const reach = (reference: string) => {
    const definition = definitions[reference];
    if (reached.has(reference) || definition === undefined) return;
    const references = new Set<string>();
    reached.set(reference, reference === QUANTITY ? { type: ["string", "number"] } : strict(definition, references));
    references.forEach(reach);
  };
  reach(name);
  return { ...reached.get(name), definitions: Object.fromEntries(reached) };
}

/** @param references is told to which definitions it refers */
function strict(schema: ApiSchema, references: Set<string>): JsonSchema {
  const { $ref, type, format, properties, items, additionalProperties, required, enum: values } = schema;
  if ($ref !== undefined) {
    references.add($ref.slice(REFERENCE.length));
    return { $ref };
  }
  if (format === "int-or-string") return { type: ["integer", "string"] };
  const inner = Object.entries(properties ?? {}).map(([key, property]) => [key, strict(property, references)] as const);
  return {
    ...(type !== undefined && { type }),
    ...(required !== undefined && { required }),
    ...(values !== undefined && { enum: values }),
    ...(items !== undefined && { items: strict(items, references) }),
    ...(inner.length > 0 && { properties: Object.fromEntries(inner), additionalProperties: false }),
    ...(additionalProperties !== undefined && { additionalProperties: strict(additionalProperties, references) }),
  };
}
