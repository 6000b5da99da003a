import type { JsonSchema } from "./json-schema.js";

/** A field of bootstrap.yaml, in the words of its reference. */
export interface FieldRow {
  /** `volume.sizeGiB`, `[].labels.<name>` */
  readonly field: string;
  readonly takes: string;
  /** The default in backquotes, that the field is required, or nothing for one that may be left out. */
  readonly fallback: string;
  readonly meaning: string;
}

/**
 * The fields below a schema, each before those that it holds.
 *
 * @param prefix path of the schema itself
 * @param isWritten whether every file has the mapping that the fields are of
 * @param condition what must stand beside the fields, where a mapping has several forms
 */
export function fieldRows(
  schema: JsonSchema,
  prefix: string,
  isWritten: boolean,
  condition?: string,
): readonly FieldRow[] {
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms !== undefined) return formRows(forms, prefix, isWritten);
  if (schema.items !== undefined) return fieldRows(schema.items, `${prefix}[]`, false, condition);
  if (typeof schema.additionalProperties === "object") {
    return fieldRows(schema.additionalProperties, `${prefix}.<name>`, false, condition);
  }
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    const path = prefix === "" ? key : `${prefix}.${key}`;
    const isRequired = schema.required?.includes(key) === true;
    const need = !isRequired ? undefined : isWritten ? "**required**" : "required there";
    return [fieldRow(path, field, need, condition), ...fieldRows(field, path, isWritten && isRequired, condition)];
  });
}

/** The forms of a mapping, one after the other; fields that several have are told once. */
function formRows(forms: readonly JsonSchema[], prefix: string, isWritten: boolean): readonly FieldRow[] {
  const seen = new Set<string>();
  return forms
    .flatMap((form) => fieldRows(form, prefix, isWritten, conditionOf(form)))
    .filter(({ field, takes }) => {
      const key = `${field} ${takes}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

function conditionOf(form: JsonSchema): string | undefined {
  const constant = Object.entries(form.properties ?? {}).find(([, field]) => field.const !== undefined);
  return constant === undefined ? undefined : `${constant[0]}: ${String(constant[1].const)}`;
}

function fieldRow(path: string, field: JsonSchema, need: string | undefined, condition: string | undefined): FieldRow {
  const isCondition = field.const !== undefined;
  const meaning = [field.description, condition !== undefined && !isCondition ? `Beside \`${condition}\`.` : ""];
  return {
    field: path,
    takes: takes(field),
    fallback: need ?? fallback(field.default),
    meaning: meaning.filter(Boolean).join(" "),
  };
}

function fallback(value: unknown): string {
  if (value === undefined || (isMapping(value) && Object.keys(value).length === 0)) return "";
  return `\`${flow(value)}\``;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as YAML writes it on one line. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (!isMapping(value)) return typeof value === "string" ? value : JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, entry]) => `${key}: ${flow(entry)}`)
    .join(", ")}}`;
}

function takes(field: JsonSchema): string {
  if (field.const !== undefined) return `\`${flow(field.const)}\``;
  if (field.enum !== undefined) return field.enum.map((value) => `\`${String(value)}\``).join(", ");
  if (field.hint !== undefined) return field.hint.expected;
  if (field.anyOf !== undefined || field.oneOf !== undefined) return "a mapping in one of several forms";
  if (field.type === "array") return `list of: ${field.items === undefined ? "values" : takes(field.items)}`;
  if (field.type === "boolean") return "`true`, `false`";
  if (typeof field.additionalProperties === "object")
    return `mapping of names to: ${takes(field.additionalProperties)}`;
  return field.type === "object" ? "a mapping" : "a text";
}
