import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../lib/user-error.js";
import { plannedCluster, type Cluster } from "./cluster-outputs.js";
import type { FaultyFile, LoadedEnvironment } from "./load-environments.js";
import { parseOutputs, type OutputsResult } from "./load-outputs.js";

/** File beside a bootstrap.yaml: what Terraform alone knows, written once it has been applied. */
export const OUTPUTS_FILE = "outputs.json";

export interface LoadedClusters {
  /** Of the environments in their order, but for those whose outputs have mistakes. */
  readonly clusters: readonly Cluster[];
  readonly faulty: readonly FaultyFile[];
}

/** The clusters of sound environments, with what outputs.json says of each. */
export function loadClusters(environments: readonly LoadedEnvironment[]): LoadedClusters {
  const clusters: Cluster[] = [];
  const faulty: FaultyFile[] = [];
  for (const environment of environments) {
    const file = join(environment.directory, OUTPUTS_FILE);
    const result = loadOutputs(file, environment);
    if (result.ok) clusters.push(result.cluster);
    else faulty.push({ file, diagnostics: result.diagnostics });
  }
  return { clusters, faulty };
}

function loadOutputs(file: string, { config }: LoadedEnvironment): OutputsResult {
  if (!existsSync(file)) return { ok: true, cluster: plannedCluster(config) };
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new UserError(`cannot read ${file} (${code})`, "check that it is a file and that you may read it");
  }
  return parseOutputs(text, config);
}
