import {
  etcdMembers,
  fixedAddressOf,
  type ClusterNode,
  type OpenStackClusterConfig,
} from "../../config/cluster-config.js";
import { imageOf } from "../../config/container-images.js";
import { paths } from "../paths.js";
import { clientUrl, etcdTuning, METRICS_PORT, peerUrl } from "./flags.js";

/** A member's flags as etcd reads them from its environment. Source: etcd.io/docs/v3.6/op-guide/configuration */
export function memberEnvironment(config: OpenStackClusterConfig, node: ClusterNode): Readonly<Record<string, string>> {
  const address = fixedAddressOf(node);
  return {
    ETCD_NAME: node.key,
    ETCD_DATA_DIR: paths.etcdData,
    ETCD_LISTEN_CLIENT_URLS: `${clientUrl(address)},${LOCAL_CLIENT}`,
    ETCD_ADVERTISE_CLIENT_URLS: clientUrl(address),
    ETCD_LISTEN_PEER_URLS: peerUrl(address),
    ETCD_INITIAL_ADVERTISE_PEER_URLS: peerUrl(address),
    ETCD_INITIAL_CLUSTER: etcdMembers(config)
      .map((member) => `${member.key}=${peerUrl(fixedAddressOf(member))}`)
      .join(","),
    ETCD_INITIAL_CLUSTER_TOKEN: `${config.name}.${config.domain}`,
    ETCD_LISTEN_METRICS_URLS: `http://${address}:${METRICS_PORT},http://127.0.0.1:${METRICS_PORT}`,
    ETCD_CERT_FILE: `${paths.etcdPki}/server.crt`,
    ETCD_KEY_FILE: `${paths.etcdPki}/server.key`,
    ETCD_TRUSTED_CA_FILE: `${paths.etcdPki}/ca.crt`,
    ETCD_CLIENT_CERT_AUTH: "true",
    ETCD_PEER_CERT_FILE: `${paths.etcdPki}/peer.crt`,
    ETCD_PEER_KEY_FILE: `${paths.etcdPki}/peer.key`,
    ETCD_PEER_TRUSTED_CA_FILE: `${paths.etcdPki}/ca.crt`,
    ETCD_PEER_CLIENT_CERT_AUTH: "true",
    // Every member checks at its start that its data agrees with the others'.
    ETCD_FEATURE_GATES: "InitialCorruptCheck=true",
    ETCD_LOGGER: "zap",
    ...Object.fromEntries(
      Object.entries(etcdTuning).map(([flag, value]) => [`ETCD_${flag.toUpperCase().replaceAll("-", "_")}`, value]),
    ),
  };
}

const LOCAL_CLIENT = clientUrl("127.0.0.1");
/** What the cluster's object container with snapshots is for, which ends its name. */
export const ETCD_BACKUPS = "etcd-backups";
const KUBEADM_ETCD_PKI = `${paths.pki}/etcd`;

/** What our own jobs around a member are told. */
export function maintenanceEnvironment(
  config: OpenStackClusterConfig,
  node: ClusterNode,
): Readonly<Record<string, string>> {
  const peers = etcdMembers(config).filter(({ key }) => key !== node.key);
  const { stacked } = config.etcd;
  const certificate = stacked ? `${KUBEADM_ETCD_PKI}/healthcheck-client` : `${paths.etcdPki}/server`;
  return {
    KAAS_CLUSTER: config.name,
    KAAS_ETCD_ENDPOINT: LOCAL_CLIENT,
    KAAS_ETCD_PEER_URL: peerUrl(fixedAddressOf(node)),
    KAAS_ETCD_PEERS: peers.map((peer) => clientUrl(fixedAddressOf(peer))).join(","),
    KAAS_ETCD_PKI: stacked ? KUBEADM_ETCD_PKI : paths.etcdPki,
    ETCD_IMAGE: imageOf("etcd", config),
    ETCDCTL_CACERT: `${stacked ? KUBEADM_ETCD_PKI : paths.etcdPki}/ca.crt`,
    ETCDCTL_CERT: `${certificate}.crt`,
    ETCDCTL_KEY: `${certificate}.key`,
    ...(storesSnapshots(config) && {
      KAAS_SNAPSHOT_CONTAINER: `${config.name}-${ETCD_BACKUPS}`,
      KAAS_SNAPSHOT_RETENTION_SECONDS: String(config.services.backup.retentionDays * 24 * 60 * 60),
    }),
    KAAS_CLOUD_CA: config.provider.caCertificate === undefined ? "" : paths.cloudCa,
  };
}

/** Whether snapshots are stored; a configuration with backups has somewhere for them to go. */
export function storesSnapshots({ services }: OpenStackClusterConfig): boolean {
  return services.backup.enabled;
}
