import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { CaInjector } from "./ca-injector.js";
import { Controller } from "./controller.js";
import { Webhook } from "./webhook.js";

export interface CertManagerChartProps {
  readonly config: ClusterConfig;
}

/** Issues certificates within the cluster and renews them. */
export class CertManagerChart extends Chart {
  constructor(scope: Construct, id: string, props: CertManagerChartProps) {
    super(scope, id);
    new Controller(this, "controller", props);
    new CaInjector(this, "ca-injector", props);
    new Webhook(this, "webhook", props);
  }
}
