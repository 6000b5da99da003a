import { stringify } from "yaml";
import {
  etcdMembers,
  fixedAddressOf,
  type ClusterNode,
  type OpenStackClusterConfig,
} from "../config/cluster-config.js";
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
import { addJoin } from "./node/join.js";
import { kubeletConfiguration } from "./node/kubelet.js";
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
  addJoin(document, config, {
    role: "controller",
    isFirst: isFirstController(config, node),
    peers: config.controllers.filter(({ key }) => key !== node.key).map(fixedAddressOf),
    etcdEndpoints: etcdEndpoints(config),
    configuration: controllerJoinConfiguration(node),
    flavor: node.flavor,
  });
}

/** The controller that initialises the control plane: the one of the lowest number. */
export function isFirstController({ controllers }: OpenStackClusterConfig, node: ClusterNode): boolean {
  return controllers[0]?.key === node.key;
}

/** Stacked etcd comes up with its controller: there is none to ask before. */
function etcdEndpoints(config: OpenStackClusterConfig): readonly string[] {
  return config.etcd.stacked ? [] : etcdMembers(config).map((member) => clientUrl(fixedAddressOf(member)));
}
