/** A certificate and its private key, both PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** Characters that {@link SecretVariables.registry_auth} has at most: user-data is limited. */
export const REGISTRY_AUTH_LENGTH = 1024;

/**
 * The Terraform variables by which the stack of a cluster on OpenStack is given its secrets: the shape of a var-file. All
 * but `initialised` are sensitive.
 */
export interface SecretVariables {
  /** Whether the control plane has come up once. From then on every controller joins, the first one too. */
  readonly initialised: boolean;
  readonly cluster_ca: KeyPair;
  readonly etcd_ca: KeyPair;
  readonly front_proxy_ca: KeyPair;
  /** Issuer of what the API server and kubernetes-auth show each other; nodes need its certificate alone. */
  readonly auth_ca_certificate: string;
  readonly service_account: { readonly public_key: string; readonly private_key: string };
  /** 32 bytes in base64, for secretbox. */
  readonly encryption_key: string;
  /** `abcdef.0123456789abcdef` */
  readonly bootstrap_token: string;
  /** By node key (`etcd-0`); none with stacked etcd, whose certificates kubeadm makes on the controllers. */
  readonly etcd_members: Readonly<Record<string, { readonly server: KeyPair; readonly peer: KeyPair }>>;
  /** The API server as a client of etcd. */
  readonly etcd_client: KeyPair;
  /** The API server as a client of kubernetes-auth; its CN is the cluster's name. */
  readonly webhook_client: KeyPair;
  /** `<user>:<password>` in base64 for the registry mirror; empty without one that asks for it. */
  readonly registry_auth: string;
}

export type SecretVariable = keyof SecretVariables;
