import { mkdirSync } from "node:fs";
import { posix, relative, sep } from "node:path";
import { App } from "cdktf";
import { isOpenStack, type ClusterConfig, type OpenStackClusterConfig } from "../src/config/cluster-config.js";
import { tenancyStackName } from "../src/config/stack-names.js";
import { UserError } from "../src/lib/user-error.js";
import { OpenStackClusterStack } from "./openstack-cluster-stack.js";
import { OpenStackTenancyStack } from "./openstack-tenancy-stack.js";

export interface Environment {
  readonly config: ClusterConfig;
  /** Folder of the bootstrap.yaml, absolute. */
  readonly directory: string;
}

/**
 * The app with every stack of the environments.
 *
 * @param outdir absolute
 * @throws UserError for a cluster that cannot be synthesized
 */
export function buildApp(environments: readonly Environment[], outdir: string): App {
  const clusters = environments.map(({ config, directory }) => ({ config: openStackOnly(config), directory }));
  // The app makes its folder at once: everything that can be refused has been by now.
  mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir });
  for (const { config, directory } of clusters) addStacks(app, config, directory);
  return app;
}

function openStackOnly(config: ClusterConfig): OpenStackClusterConfig {
  if (isOpenStack(config)) return config;
  throw new UserError(
    `${config.name}: this version has no stacks for Amazon EKS yet`,
    "`kaasctl validate` checks its bootstrap.yaml; name the OpenStack environments to synthesize",
  );
}

function addStacks(app: App, config: OpenStackClusterConfig, directory: string): void {
  const location = (stackName: string) => ({
    environmentDirectory: relative(`${app.outdir}/stacks/${stackName}`, directory).split(sep).join(posix.sep),
  });
  const { tenancy } = config.provider;
  if (tenancy !== undefined) {
    const name = tenancyStackName(config.name);
    new OpenStackTenancyStack(app, name, { config, tenancy, ...location(name) });
  }
  new OpenStackClusterStack(app, config.name, { config, ...location(config.name) });
}
