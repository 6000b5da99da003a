import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { contentFault, readDefinition } from "./definitions-folder.js";
import type { DefinitionFile } from "./lock.js";

/** Upstream could not be reached, or answered something else than the lock expects: no mistake of the user's. */
export class DownloadError extends Error {
  override readonly name = "DownloadError";
}

export interface DownloadOptions {
  /** Of one file, its body included. @default 60 */
  readonly timeoutSeconds?: number;
  /** Told of every file that arrived. @default - nobody */
  readonly report?: (line: string) => void;
}

/**
 * Fills a folder with definitions from upstream; what is there and sound is kept. No file is ever there by half, or unverified.
 *
 * @throws DownloadError naming every file that could not be had
 */
export async function downloadDefinitions(
  folder: string,
  files: readonly DefinitionFile[],
  options: DownloadOptions = {},
): Promise<void> {
  const results = await Promise.allSettled(files.map((file) => provide(folder, file, options)));
  const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason as Error] : []));
  const unexpected = failures.find((failure) => !(failure instanceof DownloadError));
  if (unexpected !== undefined) throw unexpected;
  if (failures.length > 0) throw new DownloadError(failures.map(({ message }) => message).join("\n"));
}

async function provide(folder: string, file: DefinitionFile, options: DownloadOptions): Promise<void> {
  const present = await readDefinition(folder, file);
  if (present !== undefined && contentFault(file, present) === undefined) return;
  const content = await download(file.url, options);
  const fault = contentFault(file, content);
  if (fault !== undefined) throw new DownloadError(`${file.url} ${fault}`);
  const path = join(folder, file.path);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
  options.report?.(file.path);
}

/** @throws DownloadError naming the address and the reason */
export async function download(url: string, { timeoutSeconds = 60 }: DownloadOptions = {}): Promise<Buffer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutSeconds * 1000) });
    if (!response.ok) throw new DownloadError(`${url} answered ${response.status} ${response.statusText}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    if (error instanceof DownloadError) throw error;
    throw new DownloadError(`${url} could not be read: ${reasonOf(error as Error)}`);
  }
}

/** fetch says "fetch failed" whatever the matter is, and keeps the matter to itself. */
function reasonOf({ message, cause }: Error): string {
  const matter = cause as { readonly message?: string; readonly code?: string } | undefined;
  // Of a host with several addresses the matter has no message.
  return [matter?.message, matter?.code, message].find((text) => text !== undefined && text !== "") ?? "";
}
