import { k8s } from "cdk8s-plus-27";
import { Construct } from "constructs";
import { ownerLabels } from "../shared/labels.js";
import { KUBE_SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";

const DNS_PORT = 53;
/** CoreDNS has kept the label of its predecessor, on kubeadm's clusters and on EKS. */
const DNS_PODS = { "k8s-app": "kube-dns" };

export interface DefaultDenyProps {
  readonly namespace: string;
}

/**
 * Pods of a namespace reach nobody and nobody reaches them, but for names: every other flow has a policy of its own. Pods on
 * the node's network are beyond such policies.
 */
export class DefaultDeny extends Construct {
  constructor(scope: Construct, id: string, { namespace }: DefaultDenyProps) {
    super(scope, id);
    new k8s.KubeNetworkPolicy(this, "Default", {
      metadata: { name: "default-deny", namespace, labels: ownerLabels },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    });
    new k8s.KubeNetworkPolicy(this, "dns", {
      metadata: { name: "allow-dns", namespace, labels: ownerLabels },
      spec: {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [
          {
            to: [
              {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": KUBE_SYSTEM_NAMESPACE } },
                podSelector: { matchLabels: DNS_PODS },
              },
            ],
            ports: ["UDP", "TCP"].map((protocol) => ({ protocol, port: k8s.IntOrString.fromNumber(DNS_PORT) })),
          },
        ],
      },
    });
  }
}
