import type { Definition, Schema } from "./definition.js";
import type { Lock } from "./lock.js";
import { SchemaTypes } from "./schema-types.js";
import type { WrittenKinds } from "./written-kinds.js";

/** The files of generated/ by their names, one an API group. */
export function generatedTypes(
  definitions: readonly Definition[],
  written: readonly WrittenKinds[],
  lock: Lock,
): ReadonlyMap<string, string> {
  const groups = [...new Set(written.map(({ group }) => group))];
  return new Map(
    groups.map((group) => {
      const ofGroup = written.filter((kinds) => kinds.group === group);
      return [`${group}.ts`, `${header(ofGroup, lock)}\n\n${interfaces(ofGroup, definitions)}\n`];
    }),
  );
}

function header(written: readonly WrittenKinds[], lock: Lock): string {
  const bundles = [...new Set(written.map(({ bundle }) => bundle))];
  const sources = bundles.map((bundle) => `${bundle} ${lock[bundle]?.version ?? ""}`);
  return `// Generated from the definitions of ${sources.join(", ")} by \`npm run crds -- types\`: not to be edited.`;
}

function interfaces(written: readonly WrittenKinds[], definitions: readonly Definition[]): string {
  const types = new SchemaTypes();
  for (const { group, version, kinds } of written) {
    for (const kind of kinds) types.add(kind, schemaOf(definitions, { group, version, kind }));
  }
  return types.toString();
}

function schemaOf(
  definitions: readonly Definition[],
  { group, version, kind }: { readonly group: string; readonly version: string; readonly kind: string },
): Schema {
  const definition = definitions.find(({ spec }) => spec.group === group && spec.names.kind === kind);
  const found = definition?.spec.versions.find(({ name, served }) => name === version && served);
  if (found === undefined) throw new Error(`no definition has ${kind} of ${group}/${version}`);
  return found.schema.openAPIV3Schema;
}
