import type { AttributeKind, AttributePath } from "./aws-bindings.js";

/** A block of `terraform providers schema -json`. */
interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, { readonly block: Block }>>;
}

interface Attribute {
  readonly type: AttributeType;
  readonly optional?: boolean;
  readonly required?: boolean;
}

type AttributeType = string | readonly [string, AttributeType | Readonly<Record<string, AttributeType>>];

/** What a provider serves, of `terraform providers schema -json`. */
export interface ProviderSchemas {
  readonly resource_schemas: Readonly<Record<string, { readonly block: Block }>>;
  readonly data_source_schemas: Readonly<Record<string, { readonly block: Block }>>;
}

/** Every type that is served; data sources as `data.aws_partition`. */
export function servedTypes({ resource_schemas, data_source_schemas }: ProviderSchemas): readonly string[] {
  return [...Object.keys(resource_schemas), ...Object.keys(data_source_schemas).map((name) => `data.${name}`)].sort();
}

/** Attributes and blocks of one type, at any depth, as {@link bindingAttributes} gives them of the bindings. */
export function schemaAttributes(schemas: ProviderSchemas, type: string): ReadonlyMap<AttributePath, AttributeKind> {
  const { block } = type.startsWith("data.")
    ? (schemas.data_source_schemas[type.slice("data.".length)] ?? missing(type))
    : (schemas.resource_schemas[type] ?? missing(type));
  const found = new Map<AttributePath, AttributeKind>();
  collectBlock(block, "", found);
  return found;
}

function missing(type: string): never {
  throw new Error(`${type} is not served`);
}

function collectBlock(block: Block, prefix: string, found: Map<AttributePath, AttributeKind>): void {
  for (const [name, { type, optional, required }] of Object.entries(block.attributes ?? {})) {
    const kind = optional === true || required === true ? "argument" : "result";
    found.set(`${prefix}${name}`, kind);
    collectMembers(type, `${prefix}${name}.`, kind, found);
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const members = new Map<AttributePath, AttributeKind>();
    collectBlock(nested.block, `${prefix}${name}.`, members);
    const computed = members.size > 0 && [...members.values()].every((kind) => kind === "result");
    found.set(`${prefix}${name}`, computed ? "result" : "argument");
    members.forEach((kind, path) => found.set(path, kind));
  }
}

/** Attributes of an object that is an attribute itself: `certificate_authority.data`. */
function collectMembers(
  type: AttributeType,
  prefix: string,
  kind: AttributeKind,
  found: Map<AttributePath, AttributeKind>,
): void {
  if (typeof type === "string") return;
  const [constructor, of] = type;
  if (constructor !== "object") {
    collectMembers(of as AttributeType, prefix, kind, found);
    return;
  }
  for (const [name, member] of Object.entries(of as Readonly<Record<string, AttributeType>>)) {
    found.set(`${prefix}${name}`, kind);
    collectMembers(member, `${prefix}${name}.`, kind, found);
  }
}
