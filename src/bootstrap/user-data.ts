import { compressedResource } from "./ignition/data-url.js";
import { IGNITION_VERSION, type IgnitionDocument, type Resource } from "./ignition/document.js";

/** A document that is complete at synth, with what it becomes in user-data. */
export interface CompressedDocument {
  readonly document: IgnitionDocument;
  readonly resource: Resource;
}

/** Takes a few milliseconds: made once for all nodes that share the document. */
export function compressDocument(document: IgnitionDocument): CompressedDocument {
  return { document, resource: compressedResource(JSON.stringify(document)) };
}

export interface UserDataProps {
  /** What the node is told like its neighbours. */
  readonly shared: CompressedDocument;
  /** What it alone is told. */
  readonly own: IgnitionDocument;
  /** Base64 of the document with its secrets, or an expression for it. */
  readonly secretBase64: string;
}

/** What Nova is given for a node. Ignition merges the shared and the secret document into the node's own. */
export function userData({ shared, own, secretBase64 }: UserDataProps): string {
  const merge = [shared.resource, { source: `data:;base64,${secretBase64}` }];
  return JSON.stringify({
    ...own,
    ignition: { version: IGNITION_VERSION, config: { merge } },
  } satisfies IgnitionDocument);
}
