import { stringify } from "yaml";
import {
  etcdMembers,
  fixedAddressOf,
  type ClusterNode,
  type OpenStackClusterConfig,
} from "../config/cluster-config.js";
import { API_PORT } from "../config/host-names.js";
import { admissionConfiguration } from "./api-server/admission.js";
import { auditPolicy } from "./api-server/audit-policy.js";
import { authenticationConfiguration } from "./api-server/authentication.js";
import { authorizationConfiguration } from "./api-server/authorization.js";
import { apiServerFiles } from "./api-server/flags.js";
import { clientUrl } from "./etcd/flags.js";
import { addEtcdData, addOwnEtcdData, VOLUME_UNIT } from "./etcd/node.js";
import type { IgnitionBuilder } from "./ignition/builder.js";
import { kubeVipPod } from "./kube-vip.js";
import { clusterConfiguration, proxyConfiguration } from "./kubeadm/cluster-configuration.js";
import { yamlDocuments } from "./kubeadm/documents.js";
import { controllerJoinConfiguration } from "./kubeadm/join-configuration.js";
import { environmentFile } from "./node/environment-file.js";
import { kubeletConfiguration, kubeletPatch } from "./node/kubelet.js";
import { addKubernetes } from "./node/kubernetes.js";
import { addCertificateRenewal, addRenewalTimer } from "./node/renewal.js";
import { paths } from "./paths.js";

const ADMISSION = stringify(admissionConfiguration);
const AUDIT_POLICY = stringify(auditPolicy, { aliasDuplicateObjects: false });

/** What every controller is told that is no secret. */
export function addControllers(document: IgnitionBuilder, config: OpenStackClusterConfig): void {
  const { stacked } = config.etcd;
  addKubernetes(document, config, stacked ? [VOLUME_UNIT] : []);
  if (stacked) addEtcdData(document, config);
  addCertificateRenewal(document);
  document.addDirectory(paths.auditLog, 0o700);
  document.addFile({ path: apiServerFiles.admission, text: ADMISSION });
  document.addFile({ path: apiServerFiles.auditPolicy, text: AUDIT_POLICY });
  document.addFile({ path: apiServerFiles.authentication, text: stringify(authenticationConfiguration(config)) });
  if (config.auth.authorization) {
    document.addFile({ path: apiServerFiles.authorization, text: stringify(authorizationConfiguration) });
  }
  document.addFile({
    path: `${paths.kubeadm}/cluster.yaml`,
    text: yamlDocuments(clusterConfiguration(config), kubeletConfiguration, proxyConfiguration(config)),
  });
  if (config.provider.api.topology === "virtual-ip") {
    document.addFile({ path: `${paths.kaas}/manifests/kube-vip.yaml`, text: stringify(kubeVipPod(config)) });
  }
}

/** What one controller is told that is no secret. */
export function addController(document: IgnitionBuilder, config: OpenStackClusterConfig, node: ClusterNode): void {
  if (config.etcd.stacked) addOwnEtcdData(document, config, node);
  addRenewalTimer(document, node);
  document.addFile({ path: `${paths.kaas}/node.env`, text: environmentFile(joinEnvironment(config, node)) });
  document.addFile({ path: `${paths.kubeadm}/join.yaml`, text: yamlDocuments(controllerJoinConfiguration(node)) });
  document.addFile({ path: `${paths.patches}/kubeletconfiguration+merge.yaml`, text: stringify(kubeletPatch(node)) });
}

/** The controller that initialises the control plane: the one of the lowest number. */
export function isFirstController({ controllers }: OpenStackClusterConfig, node: ClusterNode): boolean {
  return controllers[0]?.key === node.key;
}

function joinEnvironment(config: OpenStackClusterConfig, node: ClusterNode): Readonly<Record<string, string>> {
  const peers = config.controllers.filter(({ key }) => key !== node.key);
  return {
    KAAS_ROLE: "controller",
    KAAS_FIRST: String(isFirstController(config, node)),
    KAAS_API_HOST: config.apiHosts.internal,
    KAAS_API_PORT: String(API_PORT),
    KAAS_PEERS: peers.map(fixedAddressOf).join(" "),
    KAAS_ETCD_ENDPOINTS: config.etcd.stacked
      ? ""
      : etcdMembers(config)
          .map((member) => clientUrl(fixedAddressOf(member)))
          .join(" "),
  };
}
