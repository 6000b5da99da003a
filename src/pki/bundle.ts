import { z } from "zod";
import { formatPath, type Path } from "../config/diagnostics.js";
import type { KeyPair } from "../config/secret-variables.js";

/** PEM text. Whether it is whole is told by the check of the bundle, which names every one that is not. */
const pem = z.string();
const keyPair = z.strictObject({ certificate: pem, key: pem });

/** 32 bytes in base64 are 43 characters and a `=`. */
const encryptionKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);

/** Source: kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens */
const bootstrapToken = z.string().regex(/^[a-z0-9]{6}\.[a-z0-9]{16}$/);

export const BUNDLE_VERSION = "kaas-secrets/v1";

/**
 * Everything secret that a cluster is made with.
 *
 * There are four authorities. Kubernetes wants three: `cluster` for the API server and its clients, `etcd`, and
 * `frontProxy` for extension API servers. `auth` issues what the API server and kubernetes-auth show each other: the API
 * server takes every client certificate of the cluster's authority for a user, so the webhook's would be one; its CN, the
 * cluster's name, would sign in.
 */
export const secretsBundleSchema = z.strictObject({
  apiVersion: z.literal(BUNDLE_VERSION),
  /** Name of the cluster. */
  cluster: z.string().min(1),
  /** Whether the control plane has come up once; set by the deployment, never unset. */
  initialised: z.boolean(),
  authorities: z.strictObject({ cluster: keyPair, etcd: keyPair, frontProxy: keyPair, auth: keyPair }),
  serviceAccount: z.strictObject({ publicKey: pem, privateKey: pem }),
  /** 32 bytes in base64, for secretbox. */
  encryptionKey,
  /** `abcdef.0123456789abcdef` */
  bootstrapToken,
  /** By node key; empty with stacked etcd: kubeadm makes those on the controllers, from the authority. */
  etcdMembers: z.record(z.string(), z.strictObject({ server: keyPair, peer: keyPair })),
  /** The API server as a client of etcd. */
  etcdClient: keyPair,
  /** The API server as a client of kubernetes-auth. Its CN is the cluster's name. */
  webhookClient: keyPair,
  /** kubernetes-auth as a server, where this cluster hosts it. */
  authServer: keyPair.optional(),
  /** Of a member of `kubeadm:cluster-admins`. */
  admin: keyPair,
  /** `<user>:<password>` in base64, for the registry mirror. */
  registryAuth: z.string().min(1).optional(),
});

export type SecretsBundle = Readonly<z.output<typeof secretsBundleSchema>>;
export type AuthorityName = keyof SecretsBundle["authorities"];
export const authorityNames = ["cluster", "etcd", "frontProxy", "auth"] as const satisfies readonly AuthorityName[];

/** A certificate of a bundle that an authority of the bundle issued. */
export interface LeafCertificate {
  /** Where it stands in the bundle. */
  readonly path: Path;
  readonly issuer: AuthorityName;
  readonly pair: KeyPair;
}

/** The certificates of a bundle by their path as text: `etcdMembers.etcd-0.server`. */
export function leafCertificates(bundle: SecretsBundle): ReadonlyMap<string, LeafCertificate> {
  const leaves: LeafCertificate[] = Object.entries(bundle.etcdMembers).flatMap(([key, { server, peer }]) => [
    { path: ["etcdMembers", key, "server"], issuer: "etcd", pair: server },
    { path: ["etcdMembers", key, "peer"], issuer: "etcd", pair: peer },
  ]);
  leaves.push({ path: ["etcdClient"], issuer: "etcd", pair: bundle.etcdClient });
  leaves.push({ path: ["webhookClient"], issuer: "auth", pair: bundle.webhookClient });
  if (bundle.authServer !== undefined) leaves.push({ path: ["authServer"], issuer: "auth", pair: bundle.authServer });
  leaves.push({ path: ["admin"], issuer: "cluster", pair: bundle.admin });
  return new Map(leaves.map((leaf) => [formatPath(leaf.path), leaf]));
}
