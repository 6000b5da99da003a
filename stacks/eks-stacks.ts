import type { EksClusterConfig } from "../src/config/cluster-config.js";
import { identityStackName } from "../src/config/stack-names.js";
import { EksClusterStack } from "./eks-cluster-stack.js";
import { EksIdentityStack } from "./eks-identity-stack.js";
import type { StackMaker } from "./stack-maker.js";

/** The cluster's stack, and that of its issuer, which is applied once kubernetes-auth answers. */
export const addEksStacks: StackMaker<EksClusterConfig> = (app, config, location) => {
  new EksClusterStack(app, config.name, { config, ...location(config.name) });
  const name = identityStackName(config.name);
  new EksIdentityStack(app, name, { config, ...location(name) });
};
