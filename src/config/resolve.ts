import {
  allNodes,
  type ClusterNode,
  type EksClusterConfig,
  type Etcd,
  type OpenStackClusterConfig,
  type OpenStackProvider,
  type Tenancy,
} from "./cluster-config.js";
import { addressPlan } from "./address-plan.js";
import { dnsManagement, hasOctavia, objectStorageOf } from "./distributions.js";
import { clusterDomainOf, endpointsOf } from "./host-names.js";
import { nodesOf, type NodePlacement } from "./nodes.js";
import { defaultQuotas } from "./quotas.js";
import type { EksSections, OpenStackSections } from "./schema/bootstrap.js";
import { CONTROL_PLANE_DEFAULT_COUNT, ETCD_DEFAULT_COUNT, WORKER_DEFAULT_COUNT } from "./schema/nodes.js";

/** What stands in files beside bootstrap.yaml, read by the loader. */
export interface ReferencedFiles {
  /** PEM text of `provider.caCertificate`. */
  readonly caCertificate?: string | undefined;
}

/** Sound sections to configuration: every default that depends on another field is decided here. */
export function resolveOpenStack(sections: OpenStackSections, files: ReferencedFiles): OpenStackClusterConfig {
  const { cluster, network } = sections;
  const common = resolveCommon(sections);
  const placement: NodePlacement = {
    clusterName: cluster.name,
    clusterDomain: common.clusterDomain,
    nodeCidr: network.nodeCidr,
    availabilityZones: sections.provider.availabilityZones,
  };
  const etcd = resolveEtcd(sections, placement);
  const controllers = nodesOf(
    { role: "controller", defaultCount: CONTROL_PLANE_DEFAULT_COUNT, ...sections.controlPlane },
    placement,
  );
  const workerPools = sections.workers.map((pool) => ({
    name: pool.name,
    nodes: nodesOf({ role: "worker", pool: pool.name, defaultCount: WORKER_DEFAULT_COUNT, ...pool }, placement),
    labels: pool.labels,
    taints: pool.taints,
  }));
  const nodes = allNodes({ etcd, controllers, workerPools });
  return {
    ...common,
    provider: resolveProvider(sections, common.clusterDomain, nodes, files),
    network: { ...network, ingressAllowedCidrs: network.ingressAllowedCidrs ?? network.apiAllowedCidrs },
    addresses: addressPlan(network.nodeCidr),
    etcd,
    controllers,
    workerPools,
  };
}

export function resolveEks(sections: EksSections): EksClusterConfig {
  return {
    ...resolveCommon(sections),
    provider: sections.provider,
    network: sections.network,
    nodeGroups: sections.workers,
  };
}

function resolveCommon(sections: OpenStackSections | EksSections) {
  const { cluster } = sections;
  const clusterDomain = clusterDomainOf(cluster);
  return {
    name: cluster.name,
    domain: cluster.domain,
    clusterDomain,
    kubernetes: cluster.kubernetes,
    profile: cluster.profile,
    tags: cluster.tags,
    endpoints: endpointsOf(clusterDomain),
    access: { ...sections.access, adminRole: sections.access.adminRole ?? `${cluster.name}-admins` },
    auth: sections.auth,
    services: sections.services,
    terraform: sections.terraform,
    containerImages: sections.containerImages,
  };
}

function resolveEtcd(sections: OpenStackSections, placement: NodePlacement): Etcd {
  const { etcd } = sections;
  if (etcd.stacked === true) return { stacked: true, volume: etcd.volume };
  const nodes = nodesOf({ role: "etcd", defaultCount: ETCD_DEFAULT_COUNT, ...etcd }, placement);
  return { stacked: false, nodes, volume: etcd.volume };
}

function resolveProvider(
  sections: OpenStackSections,
  clusterDomain: string,
  nodes: readonly ClusterNode[],
  files: ReferencedFiles,
): OpenStackProvider {
  const { provider } = sections;
  const octavia = hasOctavia(provider);
  const manage = dnsManagement(provider);
  const { zone = `${clusterDomain}.`, ttlSeconds } = provider.dns;
  const tenancy = resolveTenancy(sections, nodes);
  return {
    type: "openstack",
    distribution: provider.distribution,
    cloud: provider.cloud,
    ...(provider.region !== undefined && { region: provider.region }),
    externalNetwork: provider.externalNetwork,
    image: provider.image,
    antiAffinity: provider.antiAffinity,
    ...(files.caCertificate !== undefined && { caCertificate: files.caCertificate }),
    octavia,
    objectStorage: objectStorageOf(provider),
    dns: manage === "none" ? { manage } : { manage, zone, ttlSeconds },
    api: provider.api,
    ingress: octavia && provider.api.topology !== "virtual-ip" ? "load-balancer" : "virtual-ip",
    ...(tenancy !== undefined && { tenancy }),
  };
}

function resolveTenancy(sections: OpenStackSections, nodes: readonly ClusterNode[]): Tenancy | undefined {
  const { cluster, provider } = sections;
  if (provider.tenancy.manage !== true) return undefined;
  const { adminCloud, project, user, roles, quotas } = provider.tenancy;
  return {
    adminCloud,
    project: project ?? cluster.name,
    user: user ?? `${cluster.name}-kaas`,
    roles: roles ?? (hasOctavia(provider) ? ["member", "load-balancer_member"] : ["member"]),
    quotas: { ...defaultQuotas(nodes), ...definedOnly(quotas) },
  };
}

function definedOnly<T extends object>(value: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
