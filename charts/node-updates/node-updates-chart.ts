import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { UpdateAgent } from "./update-agent.js";
import { UpdateOperator } from "./update-operator.js";

/**
 * Reboots nodes into the release of Flatcar that they have fetched; their own reboot manager is off. Nodes of etcd alone are
 * in no cluster, and wait for somebody.
 * Source: github.com/flatcar/flatcar-linux-update-operator, examples/deploy
 */
export class NodeUpdatesChart extends Chart {
  constructor(scope: Construct, id: string, config: OpenStackClusterConfig) {
    super(scope, id);
    new UpdateOperator(this, "operator", config);
    new UpdateAgent(this, "agent", config);
  }
}
