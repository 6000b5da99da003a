import type { OpenStackClusterConfig } from "../src/config/cluster-config.js";
import { tenancyStackName } from "../src/config/stack-names.js";
import { OpenStackClusterStack } from "./openstack-cluster-stack.js";
import { OpenStackTenancyStack } from "./openstack-tenancy-stack.js";
import type { StackMaker } from "./stack-maker.js";

/** The cluster's stack, and that of its tenancy where there is one. */
export const addOpenStackStacks: StackMaker<OpenStackClusterConfig> = (app, config, location) => {
  const { tenancy } = config.provider;
  if (tenancy !== undefined) {
    const name = tenancyStackName(config.name);
    new OpenStackTenancyStack(app, name, { config, tenancy, ...location(name) });
  }
  new OpenStackClusterStack(app, config.name, { config, ...location(config.name) });
};
