import { API_PORT } from "../../config/host-names.js";
import { fixedAddressOf, type OpenStackClusterConfig } from "../../config/cluster-config.js";
import { apiServerFlags } from "../api-server/flags.js";
import { clientUrl, etcdTuning, METRICS_PORT } from "../etcd/flags.js";
import { mirrored } from "../../config/container-images.js";
import { VOLUME_PLUGINS } from "../node/kubelet.js";
import { paths } from "../paths.js";
import { extraArgs, KUBEADM_API } from "./documents.js";

const KUBERNETES_REGISTRY = "registry.k8s.io";
/** Prometheus reads them from the workers; the security groups say who else can. */
const ALL_ADDRESSES = "0.0.0.0";

/** The cluster as kubeadm knows it. Source: kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4 */
export function clusterConfiguration(config: OpenStackClusterConfig) {
  const { apiHosts, network, pki } = config;
  return {
    apiVersion: KUBEADM_API,
    kind: "ClusterConfiguration",
    clusterName: config.name,
    ...images(config),
    controlPlaneEndpoint: `${apiHosts.internal}:${API_PORT}`,
    // A managed service, with settings and policies of the platform. Said here, it holds for upgrades too.
    dns: { disabled: true },
    networking: { dnsDomain: "cluster.local", podSubnet: network.podCidr, serviceSubnet: network.serviceCidr },
    encryptionAlgorithm: "ECDSA-P256",
    certificateValidityPeriod: hours(pki.certificateValidityDays),
    caCertificateValidityPeriod: hours(pki.caValidityDays),
    apiServer: {
      certSANs: [apiHosts.public, apiHosts.internal, ...virtualIps(config), "127.0.0.1", "localhost"],
      extraArgs: extraArgs(apiServerFlags(config)),
      extraVolumes: [
        {
          name: "kaas-apiserver",
          hostPath: paths.apiServer,
          mountPath: paths.apiServer,
          readOnly: true,
          pathType: "Directory",
        },
        { name: "audit-log", hostPath: paths.auditLog, mountPath: paths.auditLog, pathType: "DirectoryOrCreate" },
      ],
    },
    controllerManager: {
      extraArgs: extraArgs({
        "bind-address": ALL_ADDRESSES,
        "cloud-provider": "external",
        "flex-volume-plugin-dir": VOLUME_PLUGINS,
        profiling: "false",
      }),
    },
    scheduler: { extraArgs: extraArgs({ "bind-address": ALL_ADDRESSES, profiling: "false" }) },
    etcd: etcd(config),
  };
}

/** Settings of every kube-proxy. */
export function proxyConfiguration(config: OpenStackClusterConfig) {
  return {
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    clusterCIDR: config.network.podCidr,
    metricsBindAddress: `${ALL_ADDRESSES}:10249`,
  };
}

function hours(days: number): string {
  return `${days * 24}h`;
}

function virtualIps({ provider, addresses }: OpenStackClusterConfig): readonly string[] {
  return provider.api.topology === "floating-ips" ? [] : [addresses.apiVirtualIp];
}

/** kubeadm makes an image's tag of the version itself, with _ for the + of a custom build. */
function images(config: OpenStackClusterConfig) {
  const { version, repository } = config.kubernetesImages;
  const upstream = mirrored(KUBERNETES_REGISTRY, config);
  if (repository === undefined && upstream === KUBERNETES_REGISTRY) return { kubernetesVersion: version };
  return {
    kubernetesVersion: version,
    imageRepository: repository ?? upstream,
  };
}

function etcd(config: OpenStackClusterConfig) {
  if (config.etcd.stacked) {
    return {
      local: {
        imageRepository: mirrored(KUBERNETES_REGISTRY, config),
        dataDir: paths.etcdData,
        extraArgs: extraArgs({ "listen-metrics-urls": `http://${ALL_ADDRESSES}:${METRICS_PORT}`, ...etcdTuning }),
      },
    };
  }
  return {
    external: {
      endpoints: config.etcd.nodes.map((node) => clientUrl(fixedAddressOf(node))),
      caFile: `${paths.pki}/etcd/ca.crt`,
      certFile: `${paths.pki}/apiserver-etcd-client.crt`,
      keyFile: `${paths.pki}/apiserver-etcd-client.key`,
    },
  };
}
