import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { nearest } from "../lib/nearest.js";
import { UserError } from "../lib/user-error.js";
import { loadBootstrap, type LoadResult } from "./load.js";

/** Folder of a repository that holds one folder a cluster. */
export const ENVIRONMENTS = "environments";
export const BOOTSTRAP_FILE = "bootstrap.yaml";

/** Where the bootstrap.yaml of one cluster stands. */
export interface EnvironmentRef {
  /** Name of its folder. */
  readonly name: string;
  /** The bootstrap.yaml, absolute. */
  readonly file: string;
  /** Its folder, absolute. */
  readonly directory: string;
}

/** The environments of a repository, by name: the folders below `<root>/environments` that hold a bootstrap.yaml. */
export function listEnvironments(root: string): readonly EnvironmentRef[] {
  const parent = resolve(root, ENVIRONMENTS);
  if (!isDirectory(parent)) return [];
  return readdirSync(parent)
    .sort()
    .map((name) => reference(join(parent, name, BOOTSTRAP_FILE)))
    .filter(({ file }) => isFile(file));
}

/**
 * @param nameOrPath an environment's name, or the path of a bootstrap.yaml or of its folder; names come first
 * @throws UserError when there is neither
 */
export function resolveEnvironment(root: string, nameOrPath: string): EnvironmentRef {
  const environments = listEnvironments(root);
  const named = environments.find(({ name }) => name === nameOrPath);
  if (named !== undefined) return named;
  const path = resolve(nameOrPath);
  if (isFile(path)) return reference(path);
  const inside = join(path, BOOTSTRAP_FILE);
  if (isFile(inside)) return reference(inside);
  if (isDirectory(path)) {
    throw new UserError(`there is no ${BOOTSTRAP_FILE} in ${nameOrPath}`, "name a folder that holds one");
  }
  throw unknownEnvironment(
    nameOrPath,
    environments.map(({ name }) => name),
  );
}

/**
 * Loads an environment's bootstrap.yaml. A folder below `environments/` bears its cluster's name: state, outputs and
 * built files are found by it, so another name in the file is a mistake of the file.
 *
 * @throws UserError when the file cannot be read
 */
export function loadEnvironment({ name, file, directory }: EnvironmentRef): LoadResult {
  const bearsClusterName = basename(dirname(directory)) === ENVIRONMENTS;
  try {
    return loadBootstrap(file, bearsClusterName ? { clusterName: name } : {});
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UserError(`cannot read ${file} (${error.code})`, "check that the file exists and that you may read it");
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === "object" && error !== null && "syscall" in error;
}

function reference(file: string): EnvironmentRef {
  const directory = dirname(file);
  return { name: basename(directory), file, directory };
}

function unknownEnvironment(name: string, known: readonly string[]): UserError {
  const message = `there is no environment ${name}`;
  if (known.length === 0) {
    return new UserError(
      message,
      `make ${ENVIRONMENTS}/${name}/${BOOTSTRAP_FILE}; docs/bootstrap.md shows the smallest one`,
    );
  }
  const meant = nearest(name, known);
  const there = `those that exist: ${known.join(", ")}`;
  return new UserError(message, meant === undefined ? there : `did you mean ${meant}? (${there})`);
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function isDirectory(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
