import type { z } from "zod";
import { nearest } from "../lib/nearest.js";
import type { Diagnostic, Path } from "./diagnostics.js";
import { eksSections, openStackSections, type EksSections, type OpenStackSections } from "./schema/bootstrap.js";
import { unknownKey, type Elsewhere } from "./unknown-key.js";
import { factsErrorMap, translateIssues, valueAt } from "./zod-issues.js";

/** A document's sections; one that has a mistake is absent, so that rules look at the sound ones only. */
export type ParsedBootstrap =
  | { readonly type: "openstack"; readonly sections: Partial<OpenStackSections> }
  | { readonly type: "eks"; readonly sections: Partial<EksSections> };

export interface ParseResult {
  /** Undefined when the provider could not be told. */
  readonly bootstrap?: ParsedBootstrap;
  readonly diagnostics: readonly Diagnostic[];
}

type Schemas = Readonly<Record<string, z.ZodType>>;
type Root = Readonly<Record<string, unknown>>;

/** Checks a document against the schema of its provider, each section by itself. */
export function parseBootstrap(document: unknown): ParseResult {
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    return { diagnostics: [noMapping(document)] };
  }
  const root = document as Root;
  const type = valueAt(root, ["provider", "type"]);
  switch (type) {
    case "openstack": {
      const { sections, diagnostics } = parseSections(root, openStackSections, {
        schemas: eksSections,
        where: "on eks",
      });
      return { bootstrap: { type, sections: sections }, diagnostics };
    }
    case "eks": {
      const { sections, diagnostics } = parseSections(root, eksSections, {
        schemas: openStackSections,
        where: "on openstack",
      });
      return { bootstrap: { type, sections: sections }, diagnostics };
    }
    default: {
      const { diagnostics } = parseSections(root, sharedSections(), undefined);
      return { diagnostics: [unknownProvider(type), ...diagnostics] };
    }
  }
}

/** The content is left out: a text could be a secret in the wrong file. */
function noMapping(document: unknown): Diagnostic {
  const kind = Array.isArray(document) ? "is a list" : "is a single value";
  return {
    path: [],
    problem: document === null || document === undefined ? "is empty" : kind,
    expected: "a mapping with apiVersion, cluster, provider and network",
    remedy: "start from the smallest file of docs/bootstrap.md, or from one of environments/",
  };
}

const PROVIDER_TYPES = ["openstack", "eks"];

function unknownProvider(type: unknown): Diagnostic {
  const meant = typeof type === "string" ? nearest(type, PROVIDER_TYPES) : undefined;
  return {
    path: ["provider", "type"],
    ...(type === undefined || type === null ? { problem: "is missing" } : { value: type }),
    expected: `one of ${PROVIDER_TYPES.join(", ")}`,
    remedy:
      meant === undefined
        ? "say on which cloud the cluster runs: the other fields depend on it"
        : `did you mean ${meant}?`,
  };
}

/** What can be checked without knowing the provider: its own sections are taken as they are. */
function sharedSections(): Schemas {
  const {
    provider: _provider,
    network: _network,
    etcd: _etcd,
    controlPlane: _controlPlane,
    workers: _workers,
    nodes: _nodes,
    pki: _pki,
    ...shared
  } = openStackSections;
  return shared;
}

/** The sections of the other provider, for fields that stand in the wrong file. */
interface OtherProvider {
  readonly schemas: Schemas;
  readonly where: string;
}

/** @param other undefined when the provider is not known: sections of either are left alone then */
function parseSections(root: Root, schemas: Schemas, other: OtherProvider | undefined) {
  const sections: Record<string, unknown> = {};
  const diagnostics: Diagnostic[] = unknownSections(root, schemas, other);
  for (const [key, schema] of Object.entries(schemas)) {
    // A section that stands empty in YAML is null: its fields' defaults apply as if it were absent.
    const result = schema.safeParse(valueAt(root, [key]) ?? undefined, { error: factsErrorMap });
    if (result.success) {
      sections[key] = result.data;
      continue;
    }
    const elsewhere: Elsewhere[] = [{ schema }];
    const others = other?.schemas[key];
    if (other !== undefined && others !== undefined) elsewhere.push({ schema: others, where: other.where });
    const mayBeAbsent = (path: Path) => isSoundWithout(schema, root, path);
    diagnostics.push(...translateIssues(result.error.issues, [key], { root, mayBeAbsent, elsewhere }));
  }
  return { sections, diagnostics };
}

function unknownSections(root: Root, schemas: Schemas, other: OtherProvider | undefined): Diagnostic[] {
  const known = Object.keys(schemas);
  return Object.keys(root)
    .filter((key) => !known.includes(key))
    .filter((key) => other !== undefined || !Object.hasOwn(openStackSections, key))
    .map((key) => {
      const diagnostic = unknownKey([key], known);
      if (other === undefined || !Object.hasOwn(other.schemas, key)) return diagnostic;
      return { ...diagnostic, remedy: `remove it: it is a section of clusters ${other.where}` };
    });
}

/** Whether a section raises no issue at `path` or around it when the field there is left out. */
function isSoundWithout(schema: z.ZodType, root: Root, path: Path): boolean {
  const copy = structuredClone(root) as Record<string, unknown>;
  const parent = valueAt(copy, path.slice(0, -1));
  const [section, key] = [path[0], path.at(-1)];
  if (typeof parent !== "object" || parent === null || section === undefined || key === undefined) return false;
  Reflect.deleteProperty(parent, key);
  const result = schema.safeParse(copy[section]);
  const inside = path.slice(1);
  return (
    result.success || !result.error.issues.some(({ path: at }) => at.every((part, index) => part === inside[index]))
  );
}
