import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { LineCounter, parseDocument, type Document } from "yaml";
import type { ClusterConfig } from "./cluster-config.js";
import type { Diagnostic, LocatedDiagnostic, Position } from "./diagnostics.js";
import { parseBootstrap, type ParsedBootstrap } from "./parse.js";
import { resolveEks, resolveOpenStack, type ReferencedFiles } from "./resolve.js";
import { checkRules } from "./rules/index.js";
import type { EksSections, OpenStackSections } from "./schema/bootstrap.js";

export type LoadResult =
  | { readonly ok: true; readonly config: ClusterConfig }
  | { readonly ok: false; readonly diagnostics: readonly LocatedDiagnostic[] };

/** Reads a bootstrap.yaml and the files that it names. @throws the file system's error when `file` cannot be read */
export function loadBootstrap(file: string): LoadResult {
  const directory = dirname(resolve(file));
  return parseText(readFileSync(file, "utf8"), (path) => readFileSync(resolve(directory, path), "utf8"));
}

/** @param readFile reads a file that the document names, by its path relative to the document */
export function parseText(text: string, readFile: (path: string) => string): LoadResult {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    return { ok: false, diagnostics: document.errors.map((error) => syntaxError(error.message, lines.linePos(error.pos[0]))) };
  }
  const { bootstrap, diagnostics: mistakes } = parseBootstrap(document.toJS());
  const diagnostics: Diagnostic[] = [...mistakes];
  if (bootstrap !== undefined) {
    diagnostics.push(...checkRules(bootstrap));
    const files = readReferencedFiles(bootstrap, readFile, diagnostics);
    if (diagnostics.length === 0) return { ok: true, config: resolveConfig(bootstrap, files) };
  }
  return { ok: false, diagnostics: inOrder(diagnostics.map((diagnostic) => locate(diagnostic, document, lines))) };
}

/** Without a diagnostic every section is there. */
function resolveConfig(bootstrap: ParsedBootstrap, files: ReferencedFiles): ClusterConfig {
  switch (bootstrap.type) {
    case "openstack":
      return resolveOpenStack(bootstrap.sections as OpenStackSections, files);
    case "eks":
      return resolveEks(bootstrap.sections as EksSections);
  }
}

function readReferencedFiles(
  bootstrap: ParsedBootstrap,
  readFile: (path: string) => string,
  diagnostics: Diagnostic[],
): ReferencedFiles {
  const path = bootstrap.type === "openstack" ? bootstrap.sections.provider?.caCertificate?.file : undefined;
  if (path === undefined) return {};
  const mistake = {
    path: ["provider", "caCertificate", "file"],
    value: path,
    expected: "a readable PEM file with a certificate",
    remedy: "give the path of the CA's certificate, relative to bootstrap.yaml",
  };
  try {
    const caCertificate = readFile(path);
    new X509Certificate(caCertificate);
    return { caCertificate };
  } catch {
    diagnostics.push(mistake);
    return {};
  }
}

function syntaxError(message: string, position: { line: number; col: number }): LocatedDiagnostic {
  return {
    path: [],
    // The library's message goes on with a copy of the lines; the first says what is wrong.
    problem: (message.split("\n")[0] ?? message).replace(/ at line \d+, column \d+:?$/, ""),
    expected: "YAML",
    remedy: "correct the syntax at this place",
    position: { line: position.line, column: position.col },
  };
}

/** A missing field has no place of its own: it is reported at the nearest parent that has one. */
function locate(diagnostic: Diagnostic, document: Document, lines: LineCounter): LocatedDiagnostic {
  for (let depth = diagnostic.path.length; depth >= 0; depth -= 1) {
    const node = document.getIn(diagnostic.path.slice(0, depth), true) as { range?: [number, number, number] } | undefined;
    if (node?.range !== undefined) return { ...diagnostic, position: toPosition(lines.linePos(node.range[0])) };
  }
  return diagnostic;
}

function toPosition({ line, col }: { line: number; col: number }): Position {
  return { line, column: col };
}

function inOrder(diagnostics: readonly LocatedDiagnostic[]): readonly LocatedDiagnostic[] {
  const key = (diagnostic: LocatedDiagnostic) =>
    (diagnostic.position?.line ?? 0) * 10_000 + (diagnostic.position?.column ?? 0);
  return [...diagnostics].sort((a, b) => key(a) - key(b));
}
