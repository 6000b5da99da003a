import type { ClusterNode, OpenStackClusterConfig } from "../config/cluster-config.js";
import { REGISTRY_AUTH_LENGTH } from "../config/secret-variables.js";
import { UserError } from "../lib/user-error.js";
import type { NodeSecrets } from "./node-secrets.js";
import { nodeSecretFiles } from "./node-secret-files.js";
import { plainText, secretDocument, type SecretFile } from "./secret-file.js";
import type { IgnitionDocument } from "./ignition/document.js";
import { userData, type CompressedDocument } from "./user-data.js";

/** Nova takes 65,535 characters of base64: this many bytes. */
export const USER_DATA_LIMIT = 49_149;

const text = (length: number) => "x".repeat(length);
const key = text(260);
/** Of an authority or a client: by name, and without addresses. */
const named = { certificate: text(800), key };
/** Of a server, with host names as long as they can be. */
const server = { certificate: text(1300), key };

/** The longest values that a node may be told, in characters, on curve P-256: synth knows no others. */
export const longestSecrets: NodeSecrets = {
  initialised: "false",
  clusterCa: named,
  etcdCa: named,
  frontProxyCa: named,
  authCaCertificate: named.certificate,
  serviceAccount: { publicKey: text(200), privateKey: key },
  encryptionKey: text(44),
  bootstrapToken: text(23),
  etcdMember: { server, peer: server },
  etcdClient: named,
  webhookClient: named,
  registryAuth: text(REGISTRY_AUTH_LENGTH),
  etcdVolumeId: text(36),
  objectStore: { authUrl: text(256), credentialId: text(64), credentialSecret: text(256), url: text(256) },
};

/** @throws UserError when the node's user-data could exceed what Nova takes, with its largest parts */
export function checkUserDataSize(
  config: OpenStackClusterConfig,
  node: ClusterNode,
  documents: { readonly shared: CompressedDocument; readonly own: IgnitionDocument },
): void {
  const { shared, own } = documents;
  const files = nodeSecretFiles(config, node, longestSecrets, plainText);
  const secretBase64 = plainText.base64(secretDocument(files, plainText));
  const size = Buffer.byteLength(userData({ shared, own, secretBase64 }));
  if (size <= USER_DATA_LIMIT) return;
  const parts = [...documentParts(shared.document), ...documentParts(own), ...files.map(secretPart)];
  const largest = parts.sort((a, b) => b.bytes - a.bytes).slice(0, 5);
  throw new UserError(
    `${config.name}: the user-data of ${node.key} can take ${size} bytes, and Nova takes ${USER_DATA_LIMIT}; the ` +
      `largest parts are ${largest.map(({ name, bytes }) => `${name} (${bytes})`).join(", ")}`,
    "shorten what bootstrap.yaml puts there: the CA certificate, SSH keys, labels and taints",
  );
}

interface Part {
  readonly name: string;
  /** Before compression. */
  readonly bytes: number;
}

function documentParts({ storage, systemd, passwd }: IgnitionDocument): readonly Part[] {
  return [
    ...(storage?.files ?? []).map(({ path, contents }) => ({ name: path, bytes: contents.source.length })),
    ...(systemd?.units ?? []).map(({ name, contents = "" }) => ({ name, bytes: contents.length })),
    ...(passwd?.users ?? []).map(({ name, sshAuthorizedKeys }) => ({
      name: `SSH keys of ${name}`,
      bytes: sshAuthorizedKeys.join("").length,
    })),
  ];
}

function secretPart({ path, text }: SecretFile): Part {
  return { name: path, bytes: text.length };
}
