import { parseDefinitions } from "./definition.js";
import { sha256Of } from "./definitions-folder.js";
import { definitionFiles, type DefinitionFile, type Lock, type LockedFile } from "./lock.js";

/** The lock with every file as it is now: after a version in it was raised. */
export async function relocked(lock: Lock, contentOf: (file: DefinitionFile) => Promise<Uint8Array>): Promise<Lock> {
  const bundles = Object.entries(lock).map(async ([name, bundle]) => {
    const files = definitionFiles(lock, [name]).map(async (file) => [
      file.name,
      lockedFile(file, await contentOf(file)),
    ]);
    return [name, { ...bundle, files: Object.fromEntries(await Promise.all(files)) as Record<string, LockedFile> }];
  });
  return Object.fromEntries(await Promise.all(bundles)) as Lock;
}

function lockedFile({ url }: DefinitionFile, content: Uint8Array): LockedFile {
  const [definition, ...others] = parseDefinitions(Buffer.from(content).toString());
  if (definition === undefined || others.length > 0) throw new Error(`${url} does not hold one definition`);
  return { sha256: sha256Of(content), definition: definition.metadata.name };
}
