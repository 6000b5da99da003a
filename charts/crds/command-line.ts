import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../../src/lib/user-error.js";
import { parseDefinitions } from "./definition.js";
import { verifiedDefinitions } from "./definitions-folder.js";
import { download, downloadDefinitions } from "./download.js";
import { generatedTypes } from "./generated-types.js";
import { allDefinitionFiles, type DefinitionFile, type Lock } from "./lock.js";
import { relocked } from "./relock.js";
import { staleFiles } from "./stale-files.js";
import type { WrittenKinds } from "./written-kinds.js";

/** What a command reads and writes beside its arguments. */
export interface CommandLineOptions {
  readonly lock: Lock;
  /** Paths, absolute. */
  readonly lockFile: string;
  readonly generatedFolder: string;
  readonly written: readonly WrittenKinds[];
  readonly cwd: string;
  /** The folder when none is named. */
  readonly cacheFolder: string;
  /** Progress, for the user to read. */
  readonly say: (line: string) => void;
  /** What was asked for. */
  readonly print: (text: string) => void;
}

const HELP = `Custom resource definitions: pinned in charts/crds/lock.json, kept nowhere in the repository.

  npm run crds -- fetch [--to FOLDER]            download what a folder lacks, each file verified
  npm run crds -- verify [--from FOLDER]         tell whether a folder is what the lock says
  npm run crds -- lock [--from FOLDER]           after a change of versions: take upstream's (or a folder's) files as right
  npm run crds -- types [--from FOLDER] [--check] write charts/crds/generated; --check: only tell whether that would change it

FOLDER is \`kaas/definitions\` in the user's cache unless it is named. A site without internet takes a copy of it.`;

interface Arguments {
  readonly command: string | undefined;
  readonly help: boolean;
  readonly to: string | undefined;
  readonly from: string | undefined;
  readonly check: boolean;
}

/**
 * Runs a command.
 *
 * @throws UserError for a wrong command line and for a folder that is not what the lock says
 * @throws DownloadError when upstream fails
 */
export async function runCommandLine(args: readonly string[], options: CommandLineOptions): Promise<void> {
  const { command, help, to, from, check } = parsed(args);
  const { lock, cwd, cacheFolder, say, print } = options;
  const folder = resolve(cwd, to ?? from ?? cacheFolder);
  const files = allDefinitionFiles(lock);
  if (help) {
    print(HELP);
    return;
  }
  switch (command) {
    case "fetch":
      await downloadDefinitions(folder, files, { report: say });
      say(`${files.length} files of the lock are in ${folder}`);
      return;
    case "verify":
      await verifiedDefinitions(folder, files);
      say(`${files.length} files of the lock are in ${folder}`);
      return;
    case "lock":
      await writeLock(options, from === undefined ? undefined : folder);
      return;
    case "types":
      await writeTypes(options, folder, check);
      return;
    default:
      throw new UserError(command === undefined ? "no command" : `there is no command ${command}`, "See --help.");
  }
}

function parsed(args: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h", default: false },
        to: { type: "string" },
        from: { type: "string" },
        check: { type: "boolean", default: false },
      },
    });
    const [command, unexpected] = positionals;
    if (unexpected !== undefined) throw new UserError(`unexpected ${unexpected}`, "See --help.");
    return { command, help: values.help, to: values.to, from: values.from, check: values.check };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Node's own message names the option.
    if (code?.startsWith("ERR_PARSE_ARGS") === true) throw new UserError(message, "See --help.");
    throw error;
  }
}

async function writeLock({ lock, lockFile, say }: CommandLineOptions, folder: string | undefined): Promise<void> {
  const contentOf = ({ url, path }: DefinitionFile): Promise<Uint8Array> =>
    folder === undefined ? download(url) : readFile(join(folder, path));
  writeFileSync(lockFile, `${JSON.stringify(await relocked(lock, contentOf), null, 2)}\n`);
  say(`wrote ${lockFile}: review it, then write the types`);
}

async function writeTypes(options: CommandLineOptions, folder: string, check: boolean): Promise<void> {
  const { lock, generatedFolder, written, say } = options;
  const verified = await verifiedDefinitions(folder, allDefinitionFiles(lock));
  const definitions = verified.flatMap(({ text }) => parseDefinitions(text));
  const stale = staleFiles(generatedFolder, generatedTypes(definitions, written, lock));
  if (check) {
    if (stale.length === 0) return;
    const faults = stale.map(({ name }) => `${join(generatedFolder, name)} is not as the definitions give it`);
    throw new UserError(faults.join("\n"), "Run `npm run crds -- types`.");
  }
  mkdirSync(generatedFolder, { recursive: true });
  for (const { name, text } of stale) {
    if (text === undefined) rmSync(join(generatedFolder, name));
    else writeFileSync(join(generatedFolder, name), text);
    say(`${text === undefined ? "removed" : "wrote"} ${name}`);
  }
}
