import type { ClusterConfig } from "./cluster-config.js";
import type { LocatedDiagnostic } from "./diagnostics.js";
import { loadEnvironment, type EnvironmentRef } from "./environments.js";

/** An environment whose bootstrap.yaml is sound. */
export interface LoadedEnvironment extends EnvironmentRef {
  readonly config: ClusterConfig;
}

/** The mistakes of one bootstrap.yaml. */
export interface FaultyFile {
  /** Absolute. */
  readonly file: string;
  readonly diagnostics: readonly LocatedDiagnostic[];
}

export interface LoadedEnvironments {
  readonly sound: readonly LoadedEnvironment[];
  readonly faulty: readonly FaultyFile[];
}

/** Loads all of them, so that the mistakes of every file are known at once. */
export function loadEnvironments(environments: readonly EnvironmentRef[]): LoadedEnvironments {
  const sound: LoadedEnvironment[] = [];
  const faulty: FaultyFile[] = [];
  for (const environment of environments) {
    const result = loadEnvironment(environment);
    if (result.ok) sound.push({ ...environment, config: result.config });
    else faulty.push({ file: environment.file, diagnostics: result.diagnostics });
  }
  return { sound, faulty };
}
