import type { ClusterNode, OpenStackClusterConfig } from "../config/cluster-config.js";
import { internalApiUrl } from "../config/host-names.js";
import type { KeyPair } from "../config/secret-variables.js";
import { encryptionConfiguration } from "./api-server/encryption.js";
import { apiServerFiles } from "./api-server/flags.js";
import { webhookUrl } from "./api-server/webhook.js";
import { isFirstController } from "./controller.js";
import { fileMode } from "./ignition/builder.js";
import { initConfiguration } from "./kubeadm/init-configuration.js";
import { kubeconfig } from "./kubeconfig.js";
import { registryHosts, registryHostsPath, registryOf } from "./node/containerd.js";
import type { NodeSecrets, ObjectStoreAccess } from "./node-secrets.js";
import { paths } from "./paths.js";
import type { SecretFile, TextOperations } from "./secret-file.js";

/** The secrets of a node: what its role needs, and nothing else. A worker never sees the key of an authority. */
export function nodeSecretFiles(
  config: OpenStackClusterConfig,
  node: ClusterNode,
  secrets: NodeSecrets,
  operations: TextOperations,
): readonly SecretFile[] {
  switch (node.role) {
    case "etcd":
      return [
        ...etcdFiles(secrets),
        ...etcdDataFiles(secrets, operations),
        ...registryFiles(config, node, secrets, operations),
      ];
    case "controller":
      return [
        ...joinFiles(config, secrets, operations),
        ...controllerFiles(config, node, secrets, operations),
        ...(config.etcd.stacked ? etcdDataFiles(secrets, operations) : []),
        ...registryFiles(config, node, secrets, operations),
      ];
    case "worker":
      return [...joinFiles(config, secrets, operations), ...registryFiles(config, node, secrets, operations)];
  }
}

function certificateFile(path: string, text: string): SecretFile {
  return { path, mode: fileMode.public, text };
}

function keyPairFiles(base: string, { certificate, key }: KeyPair): readonly SecretFile[] {
  return [certificateFile(`${base}.crt`, certificate), { path: `${base}.key`, text: key }];
}

function etcdFiles({ etcdCa, etcdMember }: NodeSecrets): readonly SecretFile[] {
  if (etcdMember === undefined) throw new Error("an etcd node has no certificates of its member");
  return [
    certificateFile(`${paths.etcdPki}/ca.crt`, etcdCa.certificate),
    ...keyPairFiles(`${paths.etcdPki}/server`, etcdMember.server),
    ...keyPairFiles(`${paths.etcdPki}/peer`, etcdMember.peer),
  ];
}

/** What the scripts around a member's data read. */
function etcdDataFiles(secrets: NodeSecrets, { concat }: TextOperations): readonly SecretFile[] {
  const { etcdVolumeId, objectStore } = secrets;
  if (etcdVolumeId === undefined) throw new Error("an etcd member has no volume");
  return [
    { path: `${paths.kaas}/etcd-volume.env`, text: concat("KAAS_ETCD_VOLUME_ID=", etcdVolumeId, "\n") },
    bootFile(secrets, concat),
    ...(objectStore === undefined ? [] : [objectStoreFile(objectStore, concat)]),
  ];
}

function bootFile({ initialised }: NodeSecrets, concat: TextOperations["concat"]): SecretFile {
  return { path: `${paths.kaas}/boot.env`, text: concat("KAAS_INITIALISED=", initialised, "\n") };
}

function objectStoreFile(access: ObjectStoreAccess, concat: TextOperations["concat"]): SecretFile {
  const variables: Readonly<Record<string, string>> = {
    OS_AUTH_URL: access.authUrl,
    OS_APPLICATION_CREDENTIAL_ID: access.credentialId,
    OS_APPLICATION_CREDENTIAL_SECRET: access.credentialSecret,
    KAAS_OBJECT_STORE_URL: access.url,
  };
  const lines = Object.entries(variables).flatMap(([name, value]) => [`${name}='`, value, "'\n"]);
  return { path: `${paths.kaas}/object-store.env`, text: concat(...lines) };
}

function joinFiles(
  { apiHosts }: OpenStackClusterConfig,
  { clusterCa, bootstrapToken }: NodeSecrets,
  { base64, json }: TextOperations,
): readonly SecretFile[] {
  const discovery = kubeconfig({
    server: internalApiUrl(apiHosts),
    certificateAuthorityData: base64(clusterCa.certificate),
    user: { token: bootstrapToken },
  });
  return [certificateFile(paths.clusterCa, clusterCa.certificate), { path: paths.discovery, text: json(discovery) }];
}

function controllerFiles(
  config: OpenStackClusterConfig,
  node: ClusterNode,
  secrets: NodeSecrets,
  operations: TextOperations,
): readonly SecretFile[] {
  const { concat, json } = operations;
  const { serviceAccount, etcdCa } = secrets;
  const { pki } = paths;
  const webhook = (path: string) => json(webhookKubeconfig(config, path, secrets, operations));
  return [
    ...keyPairFiles(`${pki}/ca`, secrets.clusterCa),
    ...keyPairFiles(`${pki}/front-proxy-ca`, secrets.frontProxyCa),
    { path: `${pki}/sa.pub`, mode: fileMode.public, text: serviceAccount.publicKey },
    { path: `${pki}/sa.key`, text: serviceAccount.privateKey },
    // With etcd on nodes of its own a controller is a client: the authority's key stays away.
    ...(config.etcd.stacked
      ? keyPairFiles(`${pki}/etcd/ca`, etcdCa)
      : [
          certificateFile(`${pki}/etcd/ca.crt`, etcdCa.certificate),
          ...keyPairFiles(`${pki}/apiserver-etcd-client`, secrets.etcdClient),
          bootFile(secrets, concat),
        ]),
    { path: apiServerFiles.encryption, text: json(encryptionConfiguration(secrets.encryptionKey)) },
    { path: apiServerFiles.authenticationWebhook, text: webhook("/authenticate/token") },
    ...(config.auth.authorization ? [{ path: apiServerFiles.authorizationWebhook, text: webhook("/authorize") }] : []),
    ...(isFirstController(config, node)
      ? [
          {
            path: `${paths.kubeadm}/init.yaml`,
            text: concat("---\n", json(initConfiguration(node, secrets.bootstrapToken)), "\n"),
          },
        ]
      : []),
  ];
}

/** How the API server reaches kubernetes-auth, and shows which cluster's it is. */
function webhookKubeconfig(
  config: OpenStackClusterConfig,
  path: string,
  { authCaCertificate, webhookClient }: NodeSecrets,
  { base64 }: TextOperations,
) {
  const { auth } = config;
  const ca = auth.mode === "hosted" ? authCaCertificate : auth.caCertificate;
  return kubeconfig({
    server: webhookUrl(config, path),
    ...(ca !== undefined && { certificateAuthorityData: base64(ca) }),
    user: {
      "client-certificate-data": base64(webhookClient.certificate),
      "client-key-data": base64(webhookClient.key),
    },
  });
}

/** How the node signs in at the mirror: docker on etcd nodes, containerd elsewhere. */
function registryFiles(
  { containerImages: { mirror }, etcd }: OpenStackClusterConfig,
  { role }: ClusterNode,
  { registryAuth }: NodeSecrets,
  { concat, json }: TextOperations,
): readonly SecretFile[] {
  if (mirror === undefined || registryAuth === undefined) return [];
  const docker = {
    path: `${paths.kaas}/docker/config.json`,
    text: json({ auths: { [registryOf(mirror)]: { auth: registryAuth } } }),
  };
  const containerd = { path: registryHostsPath(mirror), text: concat(...registryHosts(mirror, registryAuth)) };
  if (role === "etcd") return [docker];
  return role === "controller" && etcd.stacked ? [containerd, docker] : [containerd];
}
