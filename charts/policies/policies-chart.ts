import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { ManagedContents } from "./managed-contents.js";
import { NamespaceLabels } from "./namespace-labels.js";
import { NodeProxy } from "./node-proxy.js";
import { asksOneOf, platformIdentities } from "./platform-identities.js";
import { PlatformObjects } from "./platform-objects.js";
import { UsersPods } from "./users-pods.js";

/**
 * What the API server refuses whoever has the right: a guard rail for users who administer their cluster, and no wall, since
 * they can take it away.
 */
export class PoliciesChart extends Chart {
  constructor(scope: Construct, id: string, config: ClusterConfig) {
    super(scope, id);
    const asksPlatform = asksOneOf(platformIdentities(config));
    new ManagedContents(this, "managed-contents", { asksPlatform });
    new NamespaceLabels(this, "namespace-labels", { asksPlatform });
    new PlatformObjects(this, "platform-objects", { asksPlatform });
    new NodeProxy(this, "node-proxy", { asksPlatform });
    new UsersPods(this, "users-pods");
  }
}
