import { Chart } from "cdk8s";
import { k8s } from "cdk8s-plus-27";
import type { Construct } from "constructs";
import type { OpenStackCluster } from "../../src/config/cluster-outputs.js";
import { ownerLabels } from "../shared/labels.js";
import { CinderController } from "./cinder-controller.js";
import { CINDER_DRIVER } from "./cinder-driver.js";
import { CinderNode } from "./cinder-node.js";

/**
 * Volumes of OpenStack's block storage.
 * Source: github.com/kubernetes/cloud-provider-openstack, manifests/cinder-csi-plugin
 */
export class CinderCsiChart extends Chart {
  constructor(scope: Construct, id: string, cluster: OpenStackCluster) {
    super(scope, id);
    new k8s.KubeCsiDriver(this, "driver", {
      metadata: { name: CINDER_DRIVER, labels: ownerLabels },
      spec: {
        attachRequired: true,
        podInfoOnMount: true,
        // Since its release 1.31 the driver refuses volumes that a pod describes itself.
        volumeLifecycleModes: ["Persistent"],
      },
    });
    new CinderController(this, "controller", cluster);
    new CinderNode(this, "node", cluster.config);
  }
}
