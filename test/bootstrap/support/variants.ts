import type { ClusterNode, OpenStackClusterConfig } from "../../../src/config/cluster-config.js";
import { cluster, nodeOf } from "./bootstrap-cluster.js";

/** A kind of node, by its role and by what of bootstrap.yaml decides about it. */
export interface Variant {
  readonly name: string;
  readonly config: OpenStackClusterConfig;
  readonly node: ClusterNode;
}

const oidc = { issuer: "https://login.example.com", usernameClaim: "email" };
const mirror = {
  mirror: "registry.example.com:5000/kaas",
  mirrorAuth: { username: "puller", password: { env: "REGISTRY_PASSWORD" } },
};
const rhosp = {
  provider: {
    distribution: "rhosp",
    caCertificate: { file: "ca.pem" },
    api: { topology: "virtual-ip" },
  },
  etcd: { stacked: true },
};
const externalAuth = {
  auth: { mode: "external", url: "https://auth.example.com/", caCertificate: { file: "ca.pem" }, authorization: true },
};
const customBuild = {
  containerImages: {
    overrides: { kubernetes: { name: "registry.example.com/kubernetes", tag: "v1.36.3_rackspace.0" } },
  },
};
const pools = {
  workers: [
    {
      name: "memory",
      count: 2,
      flavor: { vcpus: 8, ramGiB: 64, diskGiB: 80 },
      labels: { "example.com/team": "search", workload: "memory" },
      taints: [
        { key: "workload", value: "memory", effect: "NoSchedule" },
        { key: "example.com/slow-start", effect: "PreferNoSchedule" },
      ],
    },
    { name: "default", flavor: "m1.large" },
  ],
};

function variant(name: string, key: string, changes: Readonly<Record<string, unknown>> = {}): Variant {
  const config = cluster(changes);
  return { name, config, node: nodeOf(config, key) };
}

/** One for each role and mode. */
export const variants: readonly Variant[] = [
  variant("etcd-member", "etcd-1"),
  variant("etcd-member-mirror", "etcd-0", { containerImages: mirror }),
  variant("controller-first", "controller-0"),
  variant("controller-other", "controller-1"),
  variant("controller-stacked-virtual-ip", "controller-0", rhosp),
  variant("controller-stacked-other", "controller-2", rhosp),
  variant("controller-mirror", "controller-0", { containerImages: mirror }),
  variant("controller-stacked-mirror", "controller-0", { containerImages: mirror, etcd: { stacked: true } }),
  variant("controller-oidc", "controller-0", { access: { oidc } }),
  variant("controller-external-auth", "controller-0", externalAuth),
  variant("controller-custom-build", "controller-0", customBuild),
  variant("worker-labels-and-taints", "worker-memory-0", pools),
  variant("worker-flavor-by-name", "worker-0", pools),
  variant("worker-mirror", "worker-0", { containerImages: mirror }),
  variant("worker-virtual-ip", "worker-0", rhosp),
];

/** @throws when there is none of that name */
export function variantOf(name: string): Variant {
  const found = variants.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no variant ${name}`);
  return found;
}
