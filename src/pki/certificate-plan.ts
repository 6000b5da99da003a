import { authServiceAddress } from "../config/address-plan.js";
import { fixedAddressOf, type ClusterNode, type OpenStackClusterConfig } from "../config/cluster-config.js";
import type { Path } from "../config/diagnostics.js";
import type { AuthorityName } from "./bundle.js";

/** What of a cluster decides about its secrets. */
export type PkiConfig = Pick<OpenStackClusterConfig, "name" | "network" | "etcd" | "auth" | "pki">;

export type CertificateUsage = "serverAuth" | "clientAuth";

/** A certificate that a cluster needs. */
export interface CertificateSpec {
  /** Where it stands in the bundle. */
  readonly path: Path;
  readonly issuer: AuthorityName;
  readonly commonName: string;
  readonly organization?: string;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly usages: readonly CertificateUsage[];
  /**
   * `authority`: as long as its issuer, because it stands in the user-data of nodes, and a new one replaces them.
   * `renewable`: for `pki.certificateValidityDays`, then renewed.
   */
  readonly life: "authority" | "renewable";
}

/** The common names that kubeadm gives them, and one more. */
export const authorityCommonNames: Readonly<Record<AuthorityName, string>> = {
  cluster: "kubernetes",
  etcd: "etcd-ca",
  frontProxy: "front-proxy-ca",
  auth: "kubernetes-auth-ca",
};

/** kubernetes-auth's Service, by each name that a client in the cluster may use. */
const AUTH_SERVICE = "kubernetes-auth";
const AUTH_NAMESPACE = "rackspace-system";
const authServiceNames = [
  AUTH_SERVICE,
  `${AUTH_SERVICE}.${AUTH_NAMESPACE}`,
  `${AUTH_SERVICE}.${AUTH_NAMESPACE}.svc`,
  `${AUTH_SERVICE}.${AUTH_NAMESPACE}.svc.cluster.local`,
];

/** Every certificate that the cluster needs beside its authorities. */
export function certificatePlan(config: PkiConfig): readonly CertificateSpec[] {
  const members = config.etcd.stacked ? [] : config.etcd.nodes;
  return [
    ...members.flatMap(memberCertificates),
    client({ path: ["etcdClient"], issuer: "etcd", commonName: "kube-apiserver-etcd-client", life: "authority" }),
    client({ path: ["webhookClient"], issuer: "auth", commonName: config.name, life: "authority" }),
    ...(config.auth.mode === "hosted" ? [authServer(config.network.serviceCidr)] : []),
    // The group that kubeadm binds itself. system:masters could not be taken back: no RBAC rule stands between.
    client({
      path: ["admin"],
      issuer: "cluster",
      commonName: "kaas-admin",
      organization: "kubeadm:cluster-admins",
      life: "renewable",
    }),
  ];
}

/** Both with both usages: a member is a client of its peers, and its own etcdctl shows the server's certificate. */
function memberCertificates(node: ClusterNode): readonly CertificateSpec[] {
  const { key, serverName, fqdn } = node;
  return (["server", "peer"] as const).map((purpose) => ({
    path: ["etcdMembers", key, purpose],
    issuer: "etcd",
    // A common name has at most 64 characters, which a DNS name may exceed. Source: RFC 5280, ub-common-name
    commonName: serverName,
    dnsNames: [fqdn, serverName, "localhost"],
    ipAddresses: [fixedAddressOf(node), "127.0.0.1"],
    usages: ["serverAuth", "clientAuth"],
    life: "authority",
  }));
}

/** By address too: the API server stands outside of the cluster's DNS. */
function authServer(serviceCidr: string): CertificateSpec {
  return {
    path: ["authServer"],
    issuer: "auth",
    commonName: `${AUTH_SERVICE}.${AUTH_NAMESPACE}.svc`,
    dnsNames: authServiceNames,
    ipAddresses: [authServiceAddress(serviceCidr)],
    usages: ["serverAuth"],
    life: "renewable",
  };
}

function client(spec: Omit<CertificateSpec, "dnsNames" | "ipAddresses" | "usages">): CertificateSpec {
  return { ...spec, dnsNames: [], ipAddresses: [], usages: ["clientAuth"] };
}
