import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseDefinitions, type Definition, type Schema } from "../../../charts/crds/definition.js";
import { verifiedDefinitions } from "../../../charts/crds/definitions-folder.js";
import { allDefinitionFiles } from "../../../charts/crds/lock.js";

/** What kubeconform is told, after the folder: `-schema-location <folder>/<this>`. */
export const SCHEMA_LOCATION = "{{ .Group }}/{{ .ResourceKind }}_{{ .ResourceAPIVersion }}.json";

/**
 * Writes the schemas of the definitions in a folder as kubeconform reads them, one a kind and version, strict: what a schema
 * does not name is a mistake, as it is for the API server with strict field validation.
 *
 * @param definitions a folder as `definitionsFolder` gives it
 * @returns how many there are
 */
export async function writeKubeconformSchemas(definitions: string, folder: string): Promise<number> {
  let count = 0;
  for (const { text } of await verifiedDefinitions(definitions, allDefinitionFiles())) {
    for (const definition of parseDefinitions(text)) {
      for (const [path, schema] of kubeconformSchemas(definition)) {
        const file = join(folder, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, JSON.stringify(schema));
        count += 1;
      }
    }
  }
  return count;
}

/** A JSON Schema of the draft that kubeconform takes by default. */
type JsonSchema = Readonly<Record<string, unknown>>;

/** By path, as {@link SCHEMA_LOCATION} finds it. */
export function kubeconformSchemas({ spec: { group, names, versions } }: Definition): ReadonlyMap<string, JsonSchema> {
  return new Map(
    versions
      .filter(({ served }) => served)
      .map(({ name, schema }) => [
        `${group}/${names.kind.toLowerCase()}_${name}.json`,
        resourceSchema(schema.openAPIV3Schema),
      ]),
  );
}

/** Definitions leave to the API server what every resource has. */
function resourceSchema(schema: Schema): JsonSchema {
  const common = { apiVersion: { type: "string" }, kind: { type: "string" }, metadata: { type: "object" } };
  return {
    ...strict(schema),
    properties: { ...strictProperties(schema), ...common },
    required: [...new Set([...(schema.required ?? []), ...Object.keys(common)])],
  };
}

function strict(schema: Schema): JsonSchema {
  const { properties, items, additionalProperties: _, nullable, ...rest } = schema;
  if (schema["x-kubernetes-int-or-string"] === true)
    return { ...rest, anyOf: [{ type: "integer" }, { type: "string" }] };
  return {
    ...rest,
    ...(nullable === true && schema.type !== undefined && { type: [schema.type, "null"] }),
    ...(properties !== undefined && { properties: strictProperties(schema) }),
    ...(items !== undefined && { items: strict(items) }),
    ...(schema.type === "object" && { additionalProperties: additional(schema) }),
  };
}

function strictProperties({ properties = {} }: Schema): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, strict(property)]));
}

/** The API server drops what nothing names, unless it is told to keep it. */
function additional(schema: Schema): JsonSchema | boolean {
  const { additionalProperties = schema["x-kubernetes-preserve-unknown-fields"] === true } = schema;
  return typeof additionalProperties === "boolean" ? additionalProperties : strict(additionalProperties);
}
