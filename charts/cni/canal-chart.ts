import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { CalicoControllers } from "./calico-controllers.js";
import { CalicoNode } from "./calico-node.js";
import { Felix } from "./felix.js";
import { Flannel, flannelDeviations, flannelRules } from "./flannel.js";

export interface CanalChartProps {
  readonly config: OpenStackClusterConfig;
}

/** The pods' network by Flannel, and Calico's network policies on it. */
export class CanalChart extends Chart {
  constructor(scope: Construct, id: string, { config }: CanalChartProps) {
    super(scope, id);
    // Pods' packets have to fit into Flannel's tunnel, of which Calico would know nothing.
    new Felix(this, "felix", { mtuIfacePattern: "^flannel\\.1$", iptablesRefreshInterval: "60s" });
    const flannel = new Flannel(this, "flannel", { config });
    new CalicoNode(this, "node", {
      config,
      pluginListFile: "10-canal.conflist",
      ipam: { type: "host-local", subnet: "usePodCidr" },
      environment: {
        CALICO_NETWORKING_BACKEND: "none",
        CLUSTER_TYPE: "k8s,canal",
        USE_POD_CIDR: "true",
        // Calico has no use for the node's address: it makes no tunnels.
        IP: "",
      },
      rules: flannelRules,
      companions: [flannel.container],
      companionsDeviations: { "no-capabilities": flannelDeviations["no-capabilities"] },
    });
    new CalicoControllers(this, "controllers", { config });
  }
}
