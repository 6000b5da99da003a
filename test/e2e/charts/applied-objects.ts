import { type Resource } from "./cluster-state.js";
import { type ManifestFile } from "./manifests.js";
import { FIELD_MANAGER, type Person } from "./person.js";

/** What an apply shows of itself in an object. */
export interface AppliedObject {
  /** All of it but its version and its status. */
  readonly content: unknown;
  /** Which fields are ours. */
  readonly fields: unknown;
  /** Undefined: somebody else writes to it too. */
  readonly resourceVersion: string | undefined;
}

interface StoredObject extends Resource {
  readonly metadata: Resource["metadata"] & {
    readonly resourceVersion: string;
    readonly managedFields: readonly { readonly manager: string; readonly fieldsV1: unknown }[];
  };
  readonly status?: unknown;
}

/** The objects of the manifests as the API server has them, by kind, namespace and name. */
export async function appliedObjects(
  as: Person,
  files: readonly ManifestFile[],
): Promise<Readonly<Record<string, AppliedObject>>> {
  const manifests = files.map(({ text }) => text).join("\n---\n");
  const answer = await as.do(["get", "--show-managed-fields", "--output", "json", "--filename", "-"], manifests);
  const { items } = JSON.parse(answer) as { readonly items: readonly StoredObject[] };
  return Object.fromEntries(
    items.map(({ status: _status, metadata: { resourceVersion, managedFields, ...metadata }, ...rest }) => [
      [rest.kind, metadata.namespace ?? "", metadata.name].join("/"),
      {
        content: { ...rest, metadata },
        fields: managedFields.find(({ manager }) => manager === FIELD_MANAGER)?.fieldsV1,
        // When others have applied after us, an apply that changes nothing else still says that we were the last.
        resourceVersion: managedFields.some(({ manager }) => manager !== FIELD_MANAGER) ? undefined : resourceVersion,
      },
    ]),
  );
}
