import { ownDocument, sharedDocument } from "../../src/bootstrap/node-document.js";
import { nodeSecretFiles } from "../../src/bootstrap/node-secret-files.js";
import type { NodeSecrets } from "../../src/bootstrap/node-secrets.js";
import { plainText, secretDocument } from "../../src/bootstrap/secret-file.js";
import { compressDocument, userData } from "../../src/bootstrap/user-data.js";
import type { IgnitionDocument } from "../../src/bootstrap/ignition/document.js";
import type { ClusterNode, OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import type { SecretVariables } from "../../src/config/secret-variables.js";

/** What Terraform alone knows of a node. */
export type TerraformFacts = Pick<NodeSecrets, "etcdVolumeId" | "objectStore">;

/** A node's part of a var-file, as the stack gives it to the node. */
export function secretsOf(variables: SecretVariables, node: ClusterNode, facts: TerraformFacts = {}): NodeSecrets {
  const etcdMember = variables.etcd_members[node.key];
  return {
    initialised: String(variables.initialised),
    clusterCa: variables.cluster_ca,
    etcdCa: variables.etcd_ca,
    frontProxyCa: variables.front_proxy_ca,
    authCaCertificate: variables.auth_ca_certificate,
    serviceAccount: {
      publicKey: variables.service_account.public_key,
      privateKey: variables.service_account.private_key,
    },
    encryptionKey: variables.encryption_key,
    bootstrapToken: variables.bootstrap_token,
    ...(etcdMember !== undefined && { etcdMember }),
    etcdClient: variables.etcd_client,
    webhookClient: variables.webhook_client,
    ...(variables.registry_auth !== "" && { registryAuth: variables.registry_auth }),
    ...facts,
  };
}

/** What the node is told like its neighbours. */
export function sharedDocumentOf(config: OpenStackClusterConfig, node: ClusterNode): IgnitionDocument {
  if (node.role !== "worker") return sharedDocument(config, { role: node.role });
  const pool = config.workerPools.find(({ nodes }) => nodes.includes(node));
  if (pool === undefined) throw new Error(`${node.key} is in no pool`);
  return sharedDocument(config, { role: "worker", pool });
}

/** Everything that a node is told and that is no secret, in one document. */
export function documentOf(config: OpenStackClusterConfig, node: ClusterNode): IgnitionDocument {
  const [shared, own] = [sharedDocumentOf(config, node), ownDocument(config, node)];
  return {
    ...shared,
    storage: { ...shared.storage, files: [...(shared.storage?.files ?? []), ...(own.storage?.files ?? [])] },
    systemd: { units: [...(shared.systemd?.units ?? []), ...(own.systemd?.units ?? [])] },
  };
}

/** The user-data of a node, as Nova gets it once Terraform has put in what it knows. */
export function nodeUserData(config: OpenStackClusterConfig, node: ClusterNode, secrets: NodeSecrets): string {
  return userData({
    shared: compressDocument(sharedDocumentOf(config, node)),
    own: ownDocument(config, node),
    secretBase64: plainText.base64(secretDocument(nodeSecretFiles(config, node, secrets, plainText), plainText)),
  });
}
