import { type OpenStackClusterConfig } from "../../../src/config/cluster-config.js";
import { cluster } from "../../bootstrap/support/bootstrap-cluster.js";
import { merge } from "../../support/bootstraps.js";

type Sections = Readonly<Record<string, unknown>>;

const SSH_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBWmJgqkbyB0pTwOJqVPV7CDKwjmRW5pDp5eFwz4bq1z operator";

/** What every variant has: nodes of each role, somebody who may log in, and a cloud with a CA of its own. */
const common: Sections = {
  cluster: { domain: "example.com", profile: "development" },
  provider: { caCertificate: { file: "ca.pem" } },
  access: { sshKeys: [SSH_KEY] },
  etcd: { count: 3 },
  controlPlane: { count: 3 },
  workers: [
    { count: 3 },
    {
      name: "search",
      count: 1,
      labels: { "example.com/disk": "ssd", tier: "data" },
      taints: [
        { key: "dedicated", value: "search", effect: "NoSchedule" },
        { key: "example.com/slow", effect: "PreferNoSchedule" },
      ],
    },
  ],
};

const mirror: Sections = {
  containerImages: {
    mirror: "mirror.example.com:5000/kaas",
    mirrorAuth: { username: "kaas", password: { env: "MIRROR_PASSWORD" } },
  },
};
const customBuild: Sections = {
  containerImages: {
    overrides: { kubernetes: { name: "registry.example.com/rackspace", tag: "v1.36.3_rackspace.0" } },
  },
};

/** What can differ between the nodes of two clusters. */
const variants = {
  "etcd on nodes of its own": {},
  // JSON leaves out what is undefined.
  "stacked etcd": { etcd: { stacked: true, count: undefined } },
  "a virtual IP, and no names but those that the nodes are told": {
    provider: { api: { topology: "virtual-ip" }, dns: { manage: "none" } },
  },
  "a mirror that asks who pulls": mirror,
  "a custom build of Kubernetes": customBuild,
  "a custom build beside a mirror": merge(mirror, customBuild),
  "kubernetes-auth elsewhere that is asked for authorization too, and an OpenID Connect issuer": {
    auth: {
      mode: "external",
      url: "https://auth.example.com/kaas",
      caCertificate: { file: "ca.pem" },
      authorization: true,
    },
    access: { oidc: { issuer: "https://login.example.com", groupsClaim: "roles" } },
  },
} as const satisfies Readonly<Record<string, Sections>>;

export type Variant = keyof typeof variants;
export const variantNames = Object.keys(variants) as readonly Variant[];

/** The configuration of a variant, changed further as a test needs it. */
export function variantCluster(variant: Variant, changes: Sections = {}): OpenStackClusterConfig {
  return cluster(merge(merge(common, variants[variant]), changes));
}
