import { z } from "zod";
import type { Path } from "./diagnostics.js";

type Schema = z.core.$ZodType;

/** The schema without what makes it optional or gives it a default. */
export function unwrap(schema: Schema): Schema {
  const { def } = schema._zod;
  return "innerType" in def ? unwrap(def.innerType as Schema) : schema;
}

/** The objects that a value of the schema may be: several where it is a union. */
export function objectsOf(schema: Schema): readonly z.core.$ZodObject[] {
  const inner = unwrap(schema);
  if (inner instanceof z.core.$ZodObject) return [inner];
  return inner instanceof z.core.$ZodUnion ? inner._zod.def.options.flatMap(objectsOf) : [];
}

/** The objects that may stand at `path` below a value of the schema. */
export function objectsAt(schema: Schema, path: Path): readonly z.core.$ZodObject[] {
  const [step, ...rest] = path;
  if (step === undefined) return objectsOf(schema);
  return childrenOf(unwrap(schema), step).flatMap((child) => objectsAt(child, rest));
}

function childrenOf(schema: Schema, step: string | number): readonly Schema[] {
  if (schema instanceof z.core.$ZodArray) return [schema._zod.def.element];
  if (schema instanceof z.core.$ZodRecord) return [schema._zod.def.valueType];
  return objectsOf(schema).flatMap((object) => fieldOf(object, String(step)) ?? []);
}

/** Own fields only: a document may well hold a key `constructor`. */
export function fieldOf(object: z.core.$ZodObject, key: string): Schema | undefined {
  const { shape } = object._zod.def;
  return Object.hasOwn(shape, key) ? shape[key] : undefined;
}

/** The fields with one possible value, which tell the objects of a union apart: `manage: true`. */
export function distinction(object: z.core.$ZodObject): readonly string[] {
  return Object.entries(object._zod.def.shape).flatMap(([key, field]) => {
    const inner = unwrap(field);
    return inner instanceof z.core.$ZodLiteral ? [`${key}: ${String(inner._zod.def.values[0])}`] : [];
  });
}
