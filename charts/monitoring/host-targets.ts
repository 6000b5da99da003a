import { k8s } from "cdk8s-plus-27";
import { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { KUBE_SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { ownerLabels } from "../shared/labels.js";
import { Metrics, type MetricsEndpoint } from "../shared/metrics.js";

interface HostTargetsBase {
  readonly config: ClusterConfig;
  /** Value of the label `job`. */
  readonly name: string;
  readonly endpoint: Omit<MetricsEndpoint, "port"> & { readonly number: number };
}

/** Programs on the network of their nodes: static pods by their labels, or what is no pod by its addresses. */
export type HostTargetsProps = HostTargetsBase &
  ({ readonly pods: Readonly<Record<string, string>> } | { readonly addresses: readonly string[] });

const PORT = "metrics";

/** A Service in kube-system for nobody but Prometheus, which reads each of its targets. */
export class HostTargets extends Construct {
  constructor(scope: Construct, id: string, props: HostTargetsProps) {
    super(scope, id);
    const { config, name, endpoint } = props;
    const namespace = KUBE_SYSTEM_NAMESPACE;
    const labels = { ...ownerLabels, "k8s-app": name };
    new k8s.KubeService(this, "service", {
      metadata: { name, namespace, labels },
      spec: {
        clusterIp: "None",
        ...("pods" in props && { selector: props.pods }),
        ports: [{ name: PORT, port: endpoint.number, targetPort: k8s.IntOrString.fromNumber(endpoint.number) }],
      },
    });
    if ("addresses" in props) {
      new k8s.KubeEndpointSlice(this, "addresses", {
        metadata: {
          name,
          namespace,
          labels: {
            ...labels,
            "kubernetes.io/service-name": name,
            "endpointslice.kubernetes.io/managed-by": "kaas",
          },
        },
        addressType: "IPv4",
        endpoints: props.addresses.map((address) => ({ addresses: [address], conditions: { ready: true } })),
        ports: [{ name: PORT, port: endpoint.number, protocol: "TCP" }],
      });
    }
    new Metrics(this, "metrics", {
      config,
      workload: { namespace, name, onHostNetwork: true },
      endpoints: [{ ...endpoint, port: PORT }],
    });
  }
}
