import { z } from "zod";
import { eksSections, openStackSections } from "./schema/bootstrap.js";
import type { FieldHint } from "./schema/primitives.js";

/** What zod writes of our schemas, as far as it is read here; `hint` is our own metadata. */
export interface JsonSchema {
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  required?: string[];
  properties?: Record<string, JsonSchema>;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  hint?: FieldHint;
}

/** The JSON Schema of a file's sections, with the hints of its fields. */
export function sectionsSchema(sections: z.core.$ZodLooseShape, finish?: (schema: JsonSchema) => void): JsonSchema {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(z.strictObject(sections), {
    io: "input",
    target: "draft-7",
    reused: "inline",
    override: ({ jsonSchema }) => {
      const own = jsonSchema as JsonSchema;
      // Every number of the file is a whole one.
      if (own.type === "number") own.type = "integer";
      finish?.(own);
    },
  });
  return schema as JsonSchema;
}

/** What a field takes becomes part of its description: an editor shows it beside a value that it underlines. */
function describeHint(schema: JsonSchema): void {
  if (schema.hint === undefined) return;
  schema.description = [schema.description, `Expected: ${schema.hint.expected}.`].filter(Boolean).join(" ");
  delete schema.hint;
}

/**
 * The JSON Schema of bootstrap.yaml, for editors. It says which fields there are and of what type; the rules between
 * fields, and forms that only a program can check, are the loader's.
 */
export function bootstrapJsonSchema(): object {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "bootstrap.yaml of a KaaS cluster",
    type: "object",
    required: ["provider"],
    // By the provider's type rather than anyOf: an editor then complains about the field, not about the whole file.
    if: { properties: { provider: { properties: { type: { const: "eks" } }, required: ["type"] } } },
    then: sectionsSchema(eksSections, describeHint),
    else: sectionsSchema(openStackSections, describeHint),
  };
}
