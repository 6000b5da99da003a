import {
  appendFileSync,
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import {
  resourceContents,
  type IgnitionDirectory,
  type IgnitionDocument,
  type IgnitionFile,
  type IgnitionLink,
  type IgnitionResource,
  type IgnitionUnit,
} from "./ignition.js";
import { rootPath } from "./root-path.js";

/** What a folder cannot show of the documents that were laid down in it. */
export interface LaidDown {
  /** Names of the units that start by themselves. */
  readonly enabledUnits: readonly string[];
  /** What the node would download; nothing stands in its place. */
  readonly remoteSources: readonly { readonly path: string; readonly resource: IgnitionResource }[];
}

type Entry =
  | ({ readonly kind: "directory" } & IgnitionDirectory)
  | ({ readonly kind: "file" } & IgnitionFile)
  | ({ readonly kind: "link" } & IgnitionLink);

const UNITS = "/etc/systemd/system";

/**
 * Lays down files, directories, links and units as Ignition does at a node's first boot, so that `root` looks like the
 * node's root. Users, disks and filesystems are not made: look for them in the documents.
 */
export function writeIgnition(documents: readonly IgnitionDocument[], root: string): LaidDown {
  const remoteSources: { path: string; resource: IgnitionResource }[] = [];
  for (const entry of mergedEntries(documents)) {
    const place = rootPath(root, entry.path, "keep");
    mkdirSync(dirname(place), { recursive: true });
    switch (entry.kind) {
      case "directory":
        writeDirectory(place, entry);
        break;
      case "file":
        remoteSources.push(...writeFile(place, entry).map((resource) => ({ path: entry.path, resource })));
        break;
      case "link":
        writeLink(root, place, entry);
        continue;
    }
    setOwner(root, place, entry);
  }
  const units = mergedUnits(documents);
  for (const unit of units) writeUnit(root, unit);
  return { enabledUnits: units.filter(({ enabled }) => enabled === true).map(({ name }) => name), remoteSources };
}

/** As Ignition merges: by path, of which ever kind; parents before what lies in them. */
function mergedEntries(documents: readonly IgnitionDocument[]): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const { storage = {} } of documents) {
    const own: readonly Entry[] = [
      ...(storage.directories ?? []).map((entry) => ({ kind: "directory" as const, ...entry })),
      ...(storage.files ?? []).map((entry) => ({ kind: "file" as const, ...entry })),
      ...(storage.links ?? []).map((entry) => ({ kind: "link" as const, ...entry })),
    ];
    for (const entry of own) {
      const before = entries.get(entry.path);
      if (before?.kind === "file" && entry.kind === "file") entries.set(entry.path, mergedFile(before, entry));
      else entries.set(entry.path, before?.kind === entry.kind ? { ...before, ...entry } : entry);
    }
  }
  const depth = ({ path }: Entry) => path.split("/").length;
  return [...entries.values()].sort((a, b) => depth(a) - depth(b));
}

function mergedFile(before: IgnitionFile, after: IgnitionFile): Entry {
  const contents = { ...before.contents, ...after.contents };
  return { kind: "file", ...before, ...after, contents, append: [...(before.append ?? []), ...(after.append ?? [])] };
}

function mergedUnits(documents: readonly IgnitionDocument[]): readonly IgnitionUnit[] {
  const units = new Map<string, IgnitionUnit>();
  for (const unit of documents.flatMap(({ systemd }) => systemd?.units ?? [])) {
    const before = units.get(unit.name);
    const dropins = new Map(
      [...(before?.dropins ?? []), ...(unit.dropins ?? [])].map((dropin) => [dropin.name, dropin]),
    );
    units.set(unit.name, { ...before, ...unit, dropins: [...dropins.values()] });
  }
  return [...units.values()];
}

function writeDirectory(place: string, { path, mode, overwrite }: IgnitionDirectory): void {
  if (overwrite === true) rmSync(place, { recursive: true, force: true });
  const isNew = !exists(place);
  if (!isNew && !lstatSync(place).isDirectory()) throw new Error(`${path} is there, and no directory`);
  if (isNew) mkdirSync(place);
  // Not by mkdir itself, which minds the umask.
  if (isNew || mode !== undefined) chmodSync(place, mode ?? 0o755);
}

/** Returns what is not at hand. */
function writeFile(place: string, { path, mode, overwrite, contents, append }: IgnitionFile): IgnitionResource[] {
  const remote: IgnitionResource[] = [];
  const bytesOf = (resource: IgnitionResource) => {
    const bytes = resourceContents(resource);
    if (bytes === undefined) remote.push(resource);
    return bytes;
  };
  const isNew = !exists(place);
  if (overwrite === true && contents?.source === undefined) throw new Error(`${path} is overwritten with nothing`);
  if (contents?.source !== undefined) {
    if (!isNew && overwrite !== true) throw new Error(`${path} is there, and not to be overwritten`);
    rmSync(place, { recursive: true, force: true });
    const bytes = bytesOf(contents);
    if (bytes !== undefined) writeFileSync(place, bytes);
  } else if (isNew) {
    writeFileSync(place, "");
  }
  for (const resource of append ?? []) {
    const bytes = bytesOf(resource);
    if (bytes !== undefined) appendFileSync(place, bytes);
  }
  if (exists(place) && (isNew || mode !== undefined || contents?.source !== undefined)) chmodSync(place, mode ?? 0o644);
  return remote;
}

function writeLink(root: string, place: string, { path, target, hard, overwrite }: IgnitionLink): void {
  if (overwrite === true) rmSync(place, { recursive: true, force: true });
  else if (exists(place)) throw new Error(`${path} is there, and not to be overwritten`);
  if (hard === true) linkSync(rootPath(root, target), place);
  else symlinkSync(target, place);
}

function writeUnit(root: string, { name, contents, mask, dropins = [] }: IgnitionUnit): void {
  const write = (path: string, text: string | undefined) => {
    if (text === undefined || text === "") return;
    const place = rootPath(root, path, "keep");
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
    chmodSync(place, 0o644);
  };
  write(`${UNITS}/${name}`, contents);
  for (const dropin of dropins) write(`${UNITS}/${name}.d/${dropin.name}`, dropin.contents);
  if (mask !== true) return;
  const place = rootPath(root, `${UNITS}/${name}`, "keep");
  mkdirSync(dirname(place), { recursive: true });
  rmSync(place, { force: true });
  symlinkSync("/dev/null", place);
}

function setOwner(root: string, place: string, { path, user, group }: Entry): void {
  if ((user === undefined && group === undefined) || !exists(place)) return;
  const before = lstatSync(place);
  const idOf = (owner: typeof user, database: string, unchanged: number) => {
    if (owner?.name === undefined) return owner?.id ?? unchanged;
    const line = readFileSync(rootPath(root, database), "utf8")
      .split("\n")
      .find((text) => text.startsWith(`${owner.name ?? ""}:`));
    if (line === undefined) throw new Error(`${path} is to belong to ${owner.name}, whom the node's ${database} lacks`);
    return Number(line.split(":")[2]);
  };
  chownSync(place, idOf(user, "/etc/passwd", before.uid), idOf(group, "/etc/group", before.gid));
}

function exists(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false }) !== undefined;
}
