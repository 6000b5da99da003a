import { API_PORT } from "../config/host-names.js";
import type { OpenStackClusterConfig } from "../config/cluster-config.js";
import { imageOf } from "../config/container-images.js";

const KUBECONFIG = "/etc/kubernetes/admin.conf";

/**
 * The pod that holds the API's virtual IP on one of the controllers. Source: kube-vip.io/docs/installation/static
 *
 * It finds the controllers' network interface by itself, and elects by a Lease who answers for the address.
 */
export function kubeVipPod(config: OpenStackClusterConfig) {
  const env: Readonly<Record<string, string>> = {
    vip_arp: "true",
    address: config.addresses.apiVirtualIp,
    vip_subnet: "32",
    port: String(API_PORT),
    cp_enable: "true",
    cp_namespace: "kube-system",
    svc_enable: "false",
    vip_leaderelection: "true",
    vip_leaseduration: "15",
    vip_renewdeadline: "10",
    vip_retryperiod: "2",
    // The API server of the node itself: the virtual IP may be elsewhere, or nowhere yet.
    k8s_config_file: KUBECONFIG,
  };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "kube-vip", namespace: "kube-system", labels: { "k8s-app": "kube-vip" } },
    spec: {
      hostNetwork: true,
      priorityClassName: "system-node-critical",
      hostAliases: [{ ip: "127.0.0.1", hostnames: ["kubernetes"] }],
      containers: [
        {
          name: "kube-vip",
          image: imageOf("kube-vip", config),
          args: ["manager"],
          env: Object.entries(env).map(([name, value]) => ({ name, value })),
          resources: { requests: { cpu: "20m", memory: "32Mi" }, limits: { memory: "128Mi" } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"], add: ["NET_ADMIN", "NET_RAW"] },
          },
          volumeMounts: [{ name: "kubeconfig", mountPath: KUBECONFIG, readOnly: true }],
        },
      ],
      volumes: [{ name: "kubeconfig", hostPath: { path: KUBECONFIG, type: "File" } }],
    },
  };
}
