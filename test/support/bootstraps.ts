import { parseText, type LoadResult } from "../../src/config/load.js";
import type { EksClusterConfig, OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { formatDiagnostics } from "../../src/config/diagnostics.js";

type Fields = Readonly<Record<string, unknown>>;

/** The smallest valid files, of the production profile; sections given replace or add fields of the same name. */
export const smallestOpenStack = {
  apiVersion: "kaas/v1",
  cluster: { name: "demo", domain: "mk8s.example.com" },
  provider: { type: "openstack", cloud: "demo", externalNetwork: "public" },
  network: { apiAllowedCidrs: ["198.51.100.0/24"] },
  nodes: { kubernetesExtension: { sha256: "0123456789abcdef".repeat(4) } },
};

export const smallestEks = {
  apiVersion: "kaas/v1",
  cluster: { name: "demo", domain: "mk8s.example.com" },
  provider: {
    type: "eks",
    region: "eu-central-1",
    availabilityZones: ["eu-central-1a", "eu-central-1b"],
    adminRoleArns: ["arn:aws:iam::123456789012:role/platform-admins"],
  },
};

/** Fields of mappings are merged, everything else is replaced. */
export function merge(base: Fields, changes: Fields): Fields {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, change] of Object.entries(changes)) {
    const before = merged[key];
    merged[key] = isMapping(before) && isMapping(change) ? merge(before, change) : change;
  }
  return merged;
}

function isMapping(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function noFile(path: string): string {
  throw new Error(`no such file: ${path}`);
}

/** JSON is YAML. */
export function load(document: unknown, readFile: (path: string) => string = noFile): LoadResult {
  return parseText(JSON.stringify(document), readFile);
}

/** @throws the report, when the file is refused */
export function openStack(changes: Fields = {}): OpenStackClusterConfig {
  return accepted(load(merge(smallestOpenStack, changes))) as OpenStackClusterConfig;
}

/** @throws the report, when the file is refused */
export function eks(changes: Fields = {}): EksClusterConfig {
  return accepted(load(merge(smallestEks, changes))) as EksClusterConfig;
}

function accepted(result: LoadResult) {
  if (!result.ok) throw new Error(formatDiagnostics("bootstrap.yaml", result.diagnostics));
  return result.config;
}

/** Paths of what is refused. */
export function mistakes(result: LoadResult): readonly string[] {
  return result.ok ? [] : result.diagnostics.map(({ path }) => path.join("."));
}
