import { Construct } from "constructs";
import { FelixConfiguration } from "../crds/custom-resources.js";
import type { FelixConfigurationSpec } from "../crds/generated/crd.projectcalico.org.js";
import { ownerLabels } from "../shared/labels.js";

/** Felix serves its metrics here, on the node's network. */
export const FELIX_METRICS_PORT = 9091;

/** How the part of Calico's agent works that writes routes and filters, on every node alike. */
export class Felix extends Construct {
  /** @param differences from what is the same with every overlay */
  constructor(scope: Construct, id: string, differences: FelixConfigurationSpec = {}) {
    super(scope, id);
    new FelixConfiguration(this, "Default", {
      metadata: { name: "default", labels: ownerLabels },
      spec: {
        // Pods reach what is on their own node like what is on others: the packet filter of the node has the say.
        defaultEndpointToHostAction: "Accept",
        ipv6Support: false,
        logSeverityScreen: "Info",
        prometheusMetricsEnabled: true,
        prometheusMetricsPort: FELIX_METRICS_PORT,
        // Nobody reads its reports.
        reportingInterval: "0s",
        ...differences,
      },
    });
  }
}
