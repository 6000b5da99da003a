import type { z } from "zod";
import type { Diagnostic } from "./diagnostics.js";
import { eksSections, openStackSections, type EksSections, type OpenStackSections } from "./schema/bootstrap.js";
import { factsErrorMap, translateIssues, unknownKey } from "./zod-issues.js";

/** A document's sections; one that has a mistake is absent, so that rules look at the sound ones only. */
export type ParsedBootstrap =
  | { readonly type: "openstack"; readonly sections: Partial<OpenStackSections> }
  | { readonly type: "eks"; readonly sections: Partial<EksSections> };

export interface ParseResult {
  /** Undefined when the provider could not be told. */
  readonly bootstrap?: ParsedBootstrap;
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks a document against the schema of its provider, each section by itself. */
export function parseBootstrap(document: unknown): ParseResult {
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    const diagnostic: Diagnostic = {
      path: [],
      value: document ?? undefined,
      expected: "a mapping with apiVersion, cluster, provider and network",
      remedy: "start from one of the examples under environments/",
    };
    return { diagnostics: [diagnostic] };
  }
  const root = document as Record<string, unknown>;
  const type = providerType(root["provider"]);
  switch (type) {
    case "openstack": {
      const { sections, diagnostics } = parseSections(openStackSections, root);
      return { bootstrap: { type, sections: sections as Partial<OpenStackSections> }, diagnostics };
    }
    case "eks": {
      const { sections, diagnostics } = parseSections(eksSections, root);
      return { bootstrap: { type, sections: sections as Partial<EksSections> }, diagnostics };
    }
    case undefined:
      return { diagnostics: [unknownProvider(root["provider"]), ...parseSections(sharedSections(), root).diagnostics] };
  }
}

function providerType(provider: unknown): "openstack" | "eks" | undefined {
  const type = (provider as { type?: unknown } | null | undefined)?.type;
  return type === "openstack" || type === "eks" ? type : undefined;
}

function unknownProvider(provider: unknown): Diagnostic {
  const type = (provider as { type?: unknown } | null | undefined)?.type;
  return {
    path: ["provider", "type"],
    ...(type === undefined ? { problem: "is missing" } : { value: type }),
    expected: "one of openstack, eks",
    remedy: "say on which cloud the cluster runs: the other fields depend on it",
  };
}

/** What can be checked without knowing the provider: its own sections are taken as they are. */
function sharedSections(): Record<string, z.ZodType> {
  const { provider: _provider, network: _network, etcd: _etcd, controlPlane: _controlPlane, workers: _workers, ...shared } =
    openStackSections;
  return shared;
}

const PROVIDER_SECTIONS = ["provider", "network", "etcd", "controlPlane", "workers"];

function parseSections(schemas: Readonly<Record<string, z.ZodType>>, root: Readonly<Record<string, unknown>>) {
  const sections: Record<string, unknown> = {};
  const diagnostics: Diagnostic[] = [];
  const providerKnown = "provider" in schemas;
  for (const key of Object.keys(root)) {
    if (key in schemas || (!providerKnown && PROVIDER_SECTIONS.includes(key))) continue;
    diagnostics.push(unknownKey([key], Object.keys(schemas)));
  }
  for (const [key, schema] of Object.entries(schemas)) {
    // A section that stands empty in YAML is null: its fields' defaults apply as if it were absent.
    const result = schema.safeParse(root[key] ?? undefined, { error: factsErrorMap });
    if (result.success) sections[key] = result.data;
    else diagnostics.push(...translateIssues(result.error.issues, [key], root));
  }
  return { sections, diagnostics };
}
