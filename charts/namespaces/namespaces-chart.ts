import { Chart } from "cdk8s";
import { k8s } from "cdk8s-plus-27";
import type { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { MANAGED_NAMESPACE_LABEL, ownerLabels } from "../shared/labels.js";
import { DefaultDeny } from "./default-deny.js";
import { KUBE_SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { managedNamespacesOf, type PodSecurityLevel } from "./managed-namespace.js";
import { ResourceBounds } from "./resource-bounds.js";

/** The managed namespaces, closed and bounded. Users leave what is in them alone. */
export class NamespacesChart extends Chart {
  constructor(scope: Construct, id: string, config: ClusterConfig) {
    super(scope, id);
    // It is there already, and gets its label alone: its pods cannot be told what they may reach or ask for.
    this.addNamespace(KUBE_SYSTEM_NAMESPACE, {});
    for (const { name, podSecurity, exposure } of managedNamespacesOf(config)) {
      const namespace = this.addNamespace(name, podSecurityLabels(podSecurity));
      const contents = [
        new DefaultDeny(this, `${name}-default-deny`, { namespace: name }),
        new ResourceBounds(this, `${name}-bounds`, { namespace: name, exposure }),
      ];
      for (const content of contents) content.node.addDependency(namespace);
    }
  }

  private addNamespace(name: string, labels: Readonly<Record<string, string>>): k8s.KubeNamespace {
    return new k8s.KubeNamespace(this, name, {
      metadata: { name, labels: { ...ownerLabels, [MANAGED_NAMESPACE_LABEL]: "true", ...labels } },
    });
  }
}

function podSecurityLabels(level: PodSecurityLevel): Readonly<Record<string, string>> {
  const modes = ["enforce", "warn", "audit"];
  return Object.fromEntries(modes.map((mode) => [`pod-security.kubernetes.io/${mode}`, level]));
}
