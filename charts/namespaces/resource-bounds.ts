import { k8s } from "cdk8s-plus-27";
import { Construct } from "constructs";
import { ownerLabels } from "../shared/labels.js";
import type { Exposure } from "./managed-namespace.js";

const quantities = (amounts: Readonly<Record<string, string | number>>) =>
  Object.fromEntries(
    Object.entries(amounts).map(([resource, amount]) => [resource, k8s.Quantity.fromString(`${amount}`)]),
  );

export interface ResourceBoundsProps {
  readonly namespace: string;
  readonly exposure: Exposure;
}

/**
 * Bounds of what a namespace takes. The platform's workloads state what they need; the defaults are for containers that
 * operators add to them, such as a configuration reloader, and that would else be unbounded.
 *
 * No quota of CPU or memory: only the platform and its operators make anything here, and one would stop an update's surge, or
 * a pod that moves from a lost node, just when it is needed. What costs money and opens the cluster to the world is counted.
 */
export class ResourceBounds extends Construct {
  constructor(scope: Construct, id: string, { namespace, exposure }: ResourceBoundsProps) {
    super(scope, id);
    new k8s.KubeLimitRange(this, "defaults", {
      metadata: { name: "container-defaults", namespace, labels: ownerLabels },
      spec: {
        limits: [
          {
            type: "Container",
            defaultRequest: quantities({ cpu: "20m", memory: "64Mi", "ephemeral-storage": "64Mi" }),
            default: quantities({ cpu: "500m", memory: "256Mi", "ephemeral-storage": "1Gi" }),
          },
        ],
      },
    });
    new k8s.KubeResourceQuota(this, "exposure", {
      metadata: { name: "exposure", namespace, labels: ownerLabels },
      spec: {
        hard: quantities({
          "services.loadbalancers": exposure.loadBalancers,
          "services.nodeports": exposure.nodePorts,
        }),
      },
    });
  }
}
