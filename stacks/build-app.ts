import { mkdirSync } from "node:fs";
import { posix, relative, sep } from "node:path";
import { App } from "cdktf";
import {
  isOpenStack,
  type ClusterConfig,
  type EksClusterConfig,
  type OpenStackClusterConfig,
} from "../src/config/cluster-config.js";
import type { StackMaker } from "./stack-maker.js";

export interface Environment {
  readonly config: ClusterConfig;
  /** Folder of the bootstrap.yaml, absolute. */
  readonly directory: string;
}

/** How the stacks of each provider's clusters are made. */
export interface StackMakers {
  readonly openstack: StackMaker<OpenStackClusterConfig>;
  readonly eks: StackMaker<EksClusterConfig>;
}

/** Loads the stacks, and with them the bindings, of those providers only that an environment names. */
export async function loadStackMakers(environments: readonly Environment[]): Promise<StackMakers> {
  const openStack = environments.some(({ config }) => isOpenStack(config));
  const eks = environments.some(({ config }) => !isOpenStack(config));
  return {
    openstack: openStack ? (await import("./openstack-stacks.js")).addOpenStackStacks : notLoaded,
    eks: eks ? (await import("./eks-stacks.js")).addEksStacks : notLoaded,
  };
}

function notLoaded(_app: App, { name }: ClusterConfig): never {
  throw new Error(`${name}: the stacks of its provider were not loaded`);
}

/**
 * The app with every stack of the environments.
 *
 * @param outdir absolute
 */
export function buildApp(environments: readonly Environment[], outdir: string, makers: StackMakers): App {
  mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir });
  for (const { config, directory } of environments) {
    const location = (stackName: string) => ({
      environmentDirectory: relative(`${app.outdir}/stacks/${stackName}`, directory).split(sep).join(posix.sep),
    });
    if (isOpenStack(config)) makers.openstack(app, config, location);
    else makers.eks(app, config, location);
  }
  return app;
}
