import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { IPPool } from "../crds/custom-resources.js";
import { ownerLabels } from "../shared/labels.js";
import { CalicoControllers } from "./calico-controllers.js";
import { CalicoNode } from "./calico-node.js";
import { addressRules } from "./calico-rights.js";
import { CalicoTypha, typhaReplicas } from "./calico-typha.js";
import { Felix } from "./felix.js";

export interface CalicoChartProps {
  readonly config: OpenStackClusterConfig;
}

/**
 * The pods' network by Calico: VXLAN between all nodes, for the cloud's ports let pass no addresses but the nodes' own, and
 * network policies.
 */
export class CalicoChart extends Chart {
  constructor(scope: Construct, id: string, { config }: CalicoChartProps) {
    super(scope, id);
    new IPPool(this, "pool", {
      metadata: { name: "default-ipv4-ippool", labels: ownerLabels },
      spec: {
        cidr: config.network.podCidr,
        blockSize: 26,
        vxlanMode: "Always",
        ipipMode: "Never",
        natOutgoing: true,
        nodeSelector: "all()",
        allowedUses: ["Workload", "Tunnel"],
        assignmentMode: "Automatic",
        disableBGPExport: true,
      },
    });
    new Felix(this, "felix");
    const replicas = typhaReplicas(config);
    const typha = replicas === 0 ? undefined : new CalicoTypha(this, "typha", { config, replicas });
    new CalicoNode(this, "node", {
      config,
      pluginListFile: "10-calico.conflist",
      ipam: { type: "calico-ipam" },
      environment: {
        CALICO_NETWORKING_BACKEND: "vxlan",
        CLUSTER_TYPE: "k8s",
        IP: "autodetect",
        // As the cloud knows the node: never a virtual IP, which a controller has beside its own address for a while.
        IP_AUTODETECTION_METHOD: "kubernetes-internal-ip",
        ...typha?.agentsEnvironment,
      },
      rules: addressRules,
    });
    new CalicoControllers(this, "controllers", { config });
  }
}
