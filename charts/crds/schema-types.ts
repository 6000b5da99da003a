import type { Schema } from "./definition.js";
import { TypeNames } from "./type-names.js";

/** What every resource has, and what the API server or a controller writes. */
const NOT_WRITTEN = new Set(["apiVersion", "kind", "metadata", "status"]);

const scalars: Readonly<Record<string, string>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
};

/**
 * TypeScript interfaces of what is written in custom resources of one group. The schemas of definitions are structural: no
 * reference, no alternative but int-or-string, so that each becomes one type; shapes that are equal share one.
 */
export class SchemaTypes {
  private readonly names = new TypeNames();
  private readonly interfaces: string[] = [];

  /** Adds `<kind>Props`, what of a resource one writes beside its metadata, and what that is made of. */
  add(kind: string, { properties = {}, required = [] }: Schema): void {
    const written = Object.entries(properties).filter(([name]) => !NOT_WRITTEN.has(name));
    this.addInterface(`${kind}Props`, { properties: Object.fromEntries(written), required }, kind);
  }

  toString(): string {
    return this.interfaces.join("\n\n");
  }

  /** @param kind of which the properties are, so that their names begin with it: `PrometheusSpec`. @default - parts of a part */
  private addInterface(name: string, { properties = {}, required = [] }: Schema, kind?: string): void {
    // Its own place comes before those of its parts.
    const place = this.interfaces.push("") - 1;
    const lines = Object.entries(properties).map(([key, property]) => {
      const optional = required.includes(key) ? "" : "?";
      return `  readonly ${propertyName(key)}${optional}: ${this.typeOf(property, key, kind ?? name, kind !== undefined)};`;
    });
    this.interfaces[place] = [`export interface ${name} {`, ...lines, "}"].join("\n");
  }

  private objectType(schema: Schema, candidates: readonly string[]): string {
    const { name, isNew } = this.names.name(shapeOf(schema), candidates);
    if (isNew) this.addInterface(name, schema);
    return name;
  }

  /** @param prefixed whether the parent's name comes first: `PrometheusSpec`, of which no other kind has one */
  private typeOf(schema: Schema, key: string, parent: string, prefixed = false): string {
    if (schema["x-kubernetes-int-or-string"] === true) return "number | string";
    if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
    if (schema.type === "array") return arrayOf(this.typeOf(schema.items ?? {}, singular(key), parent, prefixed));
    if (schema.type !== "object") return scalars[schema.type ?? ""] ?? "unknown";
    if (schema.properties !== undefined) {
      const own = pascalCase(key);
      return this.objectType(schema, prefixed ? [`${parent}${own}`] : [own, `${parent}${own}`]);
    }
    return `Readonly<Record<string, ${this.valueType(schema, key, parent)}>>`;
  }

  private valueType({ additionalProperties, ...schema }: Schema, key: string, parent: string): string {
    if (typeof additionalProperties === "object") return this.typeOf(additionalProperties, singular(key), parent);
    return additionalProperties === true || schema["x-kubernetes-preserve-unknown-fields"] === true
      ? "unknown"
      : "never";
  }
}

/** All of a schema that its type shows, as text. */
function shapeOf(schema: Schema): string {
  return JSON.stringify(shown(schema));
}

function shown({ type, enum: values, properties, required, items, additionalProperties, ...rest }: Schema): unknown {
  return [
    type,
    values,
    properties &&
      Object.entries(properties).map(([name, property]) => [name, shown(property), required?.includes(name)]),
    items && shown(items),
    typeof additionalProperties === "object" ? shown(additionalProperties) : additionalProperties,
    rest["x-kubernetes-int-or-string"],
    rest["x-kubernetes-preserve-unknown-fields"],
  ];
}

function arrayOf(type: string): string {
  return /^[\w<>, ]+$/.test(type) ? `readonly ${type}[]` : `readonly (${type})[]`;
}

function propertyName(key: string): string {
  return /^\w+$/.test(key) ? key : JSON.stringify(key);
}

function pascalCase(key: string): string {
  return key.replace(/(^|\W+)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}

function singular(key: string): string {
  if (key.endsWith("ies")) return `${key.slice(0, -3)}y`;
  if (/(s|x|ch|sh)es$/.test(key)) return key.slice(0, -2);
  return key.endsWith("s") && !key.endsWith("ss") ? key.slice(0, -1) : key;
}
