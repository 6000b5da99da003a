import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { ClusterConfig } from "./cluster-config.js";
import type { Diagnostic, LocatedDiagnostic } from "./diagnostics.js";
import { parseBootstrap, type ParsedBootstrap } from "./parse.js";
import { resolveEks, resolveOpenStack, type ReferencedFiles } from "./resolve.js";
import { checkRules } from "./rules/index.js";
import type { EksSections, OpenStackSections } from "./schema/bootstrap.js";
import { readSource } from "./source-document.js";

export type LoadResult =
  | { readonly ok: true; readonly config: ClusterConfig }
  | { readonly ok: false; readonly diagnostics: readonly LocatedDiagnostic[] };

/** What a file's surroundings say of its content. */
export interface Surroundings {
  /** Name that the cluster must have. */
  readonly clusterName?: string;
}

/** Reads a bootstrap.yaml and the files that it names. @throws the file system's error when `file` cannot be read */
export function loadBootstrap(file: string, surroundings: Surroundings = {}): LoadResult {
  const directory = dirname(resolve(file));
  return parseText(readFileSync(file, "utf8"), (path) => readFileSync(resolve(directory, path), "utf8"), surroundings);
}

/**
 * Every mistake of a bootstrap.yaml at once, or its configuration.
 *
 * @param readFile reads a file that the document names, by its path relative to the document
 */
export function parseText(
  text: string,
  readFile: (path: string) => string,
  surroundings: Surroundings = {},
): LoadResult {
  const source = readSource(text);
  if (!source.ok) return source;
  const { value, locate } = source.document;
  const { bootstrap, diagnostics: mistakes } = parseBootstrap(value);
  const diagnostics: Diagnostic[] = [...mistakes];
  if (bootstrap !== undefined) {
    diagnostics.push(...checkRules(bootstrap), ...checkName(bootstrap, surroundings));
    const files = readReferencedFiles(bootstrap, readFile, diagnostics);
    if (diagnostics.length === 0) return { ok: true, config: resolveConfig(bootstrap, files) };
  }
  return { ok: false, diagnostics: inOrder(diagnostics.map(locate)) };
}

function checkName({ sections }: ParsedBootstrap, { clusterName }: Surroundings): readonly Diagnostic[] {
  if (clusterName === undefined || sections.cluster === undefined || sections.cluster.name === clusterName) return [];
  return [
    {
      path: ["cluster", "name"],
      value: sections.cluster.name,
      problem: "differs from the name of the folder that the file stands in",
      expected: clusterName,
      remedy: "rename the folder, or the cluster if it does not exist yet",
    },
  ];
}

/** Without a diagnostic every section is there. */
function resolveConfig(bootstrap: ParsedBootstrap, files: ReferencedFiles): ClusterConfig {
  switch (bootstrap.type) {
    case "openstack":
      return resolveOpenStack(bootstrap.sections as OpenStackSections, files);
    case "eks":
      return resolveEks(bootstrap.sections as EksSections, files);
  }
}

function readReferencedFiles(
  { sections }: ParsedBootstrap,
  readFile: (path: string) => string,
  diagnostics: Diagnostic[],
): ReferencedFiles {
  const readCa = (section: string, file: string | undefined): string | undefined => {
    if (file === undefined) return undefined;
    const result = readCertificate(file, readFile);
    if ("certificate" in result) return result.certificate;
    diagnostics.push({
      path: [section, "caCertificate", "file"],
      value: file,
      ...(result.problem !== undefined && { problem: result.problem }),
      expected: "a readable PEM file with a certificate",
      remedy: "give the path of the CA's certificate, relative to bootstrap.yaml",
    });
    return undefined;
  };
  const { provider, auth } = sections;
  return {
    caCertificate: readCa("provider", provider?.type === "openstack" ? provider.caCertificate?.file : undefined),
    authCaCertificate: readCa("auth", auth?.mode === "external" ? auth.caCertificate?.file : undefined),
  };
}

function readCertificate(
  file: string,
  readFile: (path: string) => string,
): { readonly certificate: string } | { readonly problem?: string } {
  try {
    const certificate = readFile(file);
    new X509Certificate(certificate);
    if (!certificate.includes("PRIVATE KEY")) return { certificate };
    return { problem: "holds a private key, which would be copied to every node" };
  } catch {
    return {};
  }
}

function inOrder(diagnostics: readonly LocatedDiagnostic[]): readonly LocatedDiagnostic[] {
  const key = (diagnostic: LocatedDiagnostic) =>
    (diagnostic.position?.line ?? 0) * 10_000 + (diagnostic.position?.column ?? 0);
  return [...diagnostics].sort((a, b) => key(a) - key(b));
}
