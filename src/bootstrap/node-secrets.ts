import type { KeyPair } from "../config/secret-variables.js";

/**
 * What a node is told that is secret, or that is known only when Terraform runs. A value is opaque here: the thing itself,
 * or a Terraform expression that stands for it.
 */
export interface NodeSecrets {
  /** `true` or `false` */
  readonly initialised: string;
  readonly clusterCa: KeyPair;
  readonly etcdCa: KeyPair;
  readonly frontProxyCa: KeyPair;
  readonly authCaCertificate: string;
  readonly serviceAccount: { readonly publicKey: string; readonly privateKey: string };
  /** 32 bytes in base64. */
  readonly encryptionKey: string;
  readonly bootstrapToken: string;
  /** Of the node itself. @default - it carries no etcd member, or a stacked one */
  readonly etcdMember?: { readonly server: KeyPair; readonly peer: KeyPair };
  readonly etcdClient: KeyPair;
  readonly webhookClient: KeyPair;
  /** `<user>:<password>` in base64. @default - the mirror asks for nothing */
  readonly registryAuth?: string;
  /** Volume with the data of the node's etcd member. @default - it carries none */
  readonly etcdVolumeId?: string;
  /** Where snapshots of etcd are stored. @default - nowhere */
  readonly objectStore?: ObjectStoreAccess;
}

export interface ObjectStoreAccess {
  /** Identity service, with `/v3` or without. */
  readonly authUrl: string;
  readonly credentialId: string;
  readonly credentialSecret: string;
  /** Endpoint of the project's object store. */
  readonly url: string;
}
