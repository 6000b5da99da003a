import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ENVIRONMENTS, listEnvironments, resolveEnvironment, type EnvironmentRef } from "../config/environments.js";
import { UserError } from "../lib/user-error.js";

/** The nearest folder, from `cwd` upward, that holds `environments/`. */
export function findProject(cwd: string): string | undefined {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const environments = join(folder, ENVIRONMENTS);
    if (existsSync(environments) && statSync(environments).isDirectory()) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/**
 * The environments that a command line names, each once and in its order; all of the project when it names none.
 *
 * @param names of environments, or paths of bootstrap.yaml files or their folders, relative to `cwd`
 * @throws UserError when one is not there, or when there is none at all
 */
export function selectEnvironments(names: readonly string[], cwd: string): readonly EnvironmentRef[] {
  const root = findProject(cwd);
  const known = root === undefined ? [] : listEnvironments(root);
  if (names.length > 0) {
    const chosen = names.map((name) => {
      const path = resolve(cwd, name);
      const isPath = !known.some((environment) => environment.name === name) && existsSync(path);
      return resolveEnvironment(root ?? cwd, isPath ? path : name);
    });
    return [...new Map(chosen.map((environment) => [environment.file, environment])).values()];
  }
  if (root === undefined) {
    throw new UserError(
      `there is no ${ENVIRONMENTS}/ folder here or above`,
      `change to the folder that holds ${ENVIRONMENTS}/, or make ${ENVIRONMENTS}/<cluster>/bootstrap.yaml`,
    );
  }
  if (known.length === 0) {
    throw new UserError(
      `${join(root, ENVIRONMENTS)} holds no environment`,
      `make ${ENVIRONMENTS}/<cluster>/bootstrap.yaml`,
    );
  }
  return known;
}
