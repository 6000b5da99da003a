import { Chart } from "cdk8s";
import { Namespace } from "cdk8s-plus-27";
import type { Construct } from "constructs";

/** Where the managed services live. */
export const SYSTEM_NAMESPACE = "rackspace-system";
/** Where the node agents live that need more than the restricted Pod Security level allows. */
export const NODE_AGENTS_NAMESPACE = "rackspace-node-agents";

type PodSecurityLevel = "privileged" | "baseline" | "restricted";

/** The managed namespaces. Users leave what is in them alone. */
export class NamespacesChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.addNamespace(SYSTEM_NAMESPACE, "restricted");
    this.addNamespace(NODE_AGENTS_NAMESPACE, "privileged");
  }

  /** @param level what pods may ask for, see kubernetes.io/docs/concepts/security/pod-security-standards */
  private addNamespace(name: string, level: PodSecurityLevel): void {
    new Namespace(this, name, {
      metadata: {
        name,
        labels: {
          "app.kubernetes.io/managed-by": "kaas",
          "pod-security.kubernetes.io/enforce": level,
          "pod-security.kubernetes.io/warn": level,
          "pod-security.kubernetes.io/audit": level,
        },
      },
    });
  }
}
