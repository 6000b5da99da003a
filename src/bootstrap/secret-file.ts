import { fileMode } from "./ignition/builder.js";
import { IGNITION_VERSION } from "./ignition/document.js";

/** How texts that may be expressions are put together: by {@link plainText} at once, by Terraform when it runs. */
export interface TextOperations {
  readonly concat: (...parts: readonly string[]) => string;
  readonly base64: (text: string) => string;
  readonly json: (value: unknown) => string;
}

/** The operations on values that are there. */
export const plainText: TextOperations = {
  concat: (...parts) => parts.join(""),
  base64: (text) => Buffer.from(text).toString("base64"),
  json: (value) => JSON.stringify(value),
};

/** A file of a node with something secret in it. */
export interface SecretFile {
  readonly path: string;
  /** @default 0600 */
  readonly mode?: number;
  readonly text: string;
}

/** The files as an Ignition document, in JSON. */
export function secretDocument(files: readonly SecretFile[], operations: TextOperations): string {
  return operations.json({
    ignition: { version: IGNITION_VERSION },
    storage: {
      files: files.map(({ path, mode = fileMode.secret, text }) => ({
        path,
        mode,
        overwrite: true,
        contents: { source: operations.concat("data:;base64,", operations.base64(text)) },
      })),
    },
  });
}
