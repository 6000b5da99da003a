import type { ClusterConfig } from "../src/config/cluster-config.js";

export interface Environment {
  readonly config: ClusterConfig;
  /** Folder of the bootstrap.yaml, absolute. */
  readonly directory: string;
}

/** One stack as it was written. */
export interface SynthesizedStack {
  /** `<cluster>` or `<cluster>-tenancy`. */
  readonly name: string;
  /** Absolute path of its cdk.tf.json. */
  readonly file: string;
  /** Number of resources by Terraform type, in alphabetical order; data sources are not counted. */
  readonly resources: Readonly<Record<string, number>>;
}

/**
 * Writes `<outdir>/stacks/<stack>/cdk.tf.json` for every stack of the environments.
 *
 * @param outdir absolute
 */
export function synthesize(environments: readonly Environment[], outdir: string): readonly SynthesizedStack[] {
  void environments;
  void outdir;
  return [];
}
