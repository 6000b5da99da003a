import { catalogue, findKubernetesRelease } from "../versions/catalogue.js";
import { kubernetesVersion, parseDockerTag } from "../versions/custom-build.js";
import {
  allNodes,
  type Auth,
  type ClusterNode,
  type Dns,
  type EksClusterConfig,
  type EksProvider,
  type Etcd,
  type KubernetesImages,
  type NodeGroup,
  type OpenStackClusterConfig,
  type OpenStackProvider,
  type SystemExtension,
  type Tenancy,
} from "./cluster-config.js";
import { addressPlan } from "./address-plan.js";
import { architectureOf } from "./instance-types.js";
import { dnsManagement, hasOctavia, objectStorageOf } from "./distributions.js";
import { apiHostsOf, authHostOf, clusterDomainOf, ingressWildcardOf } from "./host-names.js";
import { nodeGroupSizes } from "./node-group-sizes.js";
import { nodesOf, type NodePlacement } from "./nodes.js";
import { defaultQuotas } from "./quotas.js";
import type { EksSections, OpenStackSections } from "./schema/bootstrap.js";
import { CONTROL_PLANE_DEFAULT_COUNT, ETCD_DEFAULT_COUNT, WORKER_DEFAULT_COUNT } from "./schema/nodes.js";

/** What stands in files beside bootstrap.yaml, read by the loader. */
export interface ReferencedFiles {
  /** PEM text of `provider.caCertificate`. */
  readonly caCertificate?: string | undefined;
  /** PEM text of `auth.caCertificate`. */
  readonly authCaCertificate?: string | undefined;
}

/** Sound sections to configuration: every default that depends on another field is decided here. */
export function resolveOpenStack(sections: OpenStackSections, files: ReferencedFiles): OpenStackClusterConfig {
  const { cluster, network } = sections;
  const common = resolveCommon(sections, files);
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
    flavor: pool.flavor,
    nodes: nodesOf({ role: "worker", pool: pool.name, defaultCount: WORKER_DEFAULT_COUNT, ...pool }, placement),
    labels: pool.labels,
    taints: pool.taints,
  }));
  const nodes = allNodes({ etcd, controllers, workerPools });
  return {
    ...common,
    provider: resolveProvider(sections, common.clusterDomain, nodes, files),
    apiHosts: apiHostsOf(common.clusterDomain),
    network: { ...network, ingressAllowedCidrs: network.ingressAllowedCidrs ?? network.apiAllowedCidrs },
    addresses: addressPlan(network.nodeCidr),
    etcd,
    controllers,
    workerPools,
    kubernetesExtension: resolveKubernetesExtension(sections),
    kubernetesImages: resolveKubernetesImages(sections),
    pki: sections.pki,
  };
}

export function resolveEks(sections: EksSections, files: ReferencedFiles): EksClusterConfig {
  const common = resolveCommon(sections, files);
  const { provider, network } = sections;
  return {
    ...common,
    provider: {
      ...provider,
      dns: resolveDns(dnsManagement(provider), provider.dns, common.clusterDomain),
      addons: { ...triedAddons(sections.cluster.kubernetes), ...definedOnly(provider.addons) },
    },
    network: { ...network, ingressAllowedCidrs: network.ingressAllowedCidrs ?? provider.endpoint.allowedCidrs },
    nodeGroups: sections.workers.map(resolveNodeGroup),
    issuerUrl: common.auth.mode === "hosted" ? `https://${authHostOf(common.clusterDomain)}` : common.auth.url,
  };
}

/** Versions that the catalogue has for a version of Kubernetes. */
function triedAddons(kubernetes: string): EksProvider["addons"] {
  const addons = findKubernetesRelease(kubernetes)?.eksAddons ?? {};
  return Object.fromEntries(Object.entries(addons).filter(([, version]) => version !== null));
}

function resolveNodeGroup(group: EksSections["workers"][number]): NodeGroup {
  return { ...group, ...nodeGroupSizes(group), architecture: architectureOf(group.instanceTypes[0] ?? "") };
}

function resolveDns(
  manage: Dns["manage"],
  { zone, ttlSeconds }: EksSections["provider"]["dns"],
  clusterDomain: string,
): Dns {
  return manage === "none" ? { manage } : { manage, zone: zone ?? `${clusterDomain}.`, ttlSeconds };
}

function resolveCommon(sections: OpenStackSections | EksSections, files: ReferencedFiles) {
  const { cluster } = sections;
  const clusterDomain = clusterDomainOf(cluster);
  return {
    name: cluster.name,
    domain: cluster.domain,
    clusterDomain,
    kubernetes: cluster.kubernetes,
    profile: cluster.profile,
    tags: cluster.tags,
    ingressWildcard: ingressWildcardOf(clusterDomain),
    access: { ...sections.access, adminRole: sections.access.adminRole ?? `${cluster.name}-admins` },
    auth: resolveAuth(sections, files),
    services: sections.services,
    terraform: sections.terraform,
    containerImages: sections.containerImages,
  };
}

function resolveAuth({ auth }: OpenStackSections | EksSections, { authCaCertificate }: ReferencedFiles): Auth {
  if (auth.mode === "hosted") return auth;
  const { mode, url, authorization } = auth;
  return { mode, url, authorization, ...(authCaCertificate !== undefined && { caCertificate: authCaCertificate }) };
}

/** The catalogue's hash is of the catalogue's file: it says nothing of one from elsewhere. */
function resolveKubernetesExtension({ cluster, nodes }: OpenStackSections): SystemExtension {
  const { url, sha256 } = nodes.kubernetesExtension;
  const verified = sha256 ?? (url === undefined ? findKubernetesRelease(cluster.kubernetes)?.extensionSha256 : null);
  return {
    url: url ?? `${catalogue.flatcar.extensions}/kubernetes-v${cluster.kubernetes}-x86-64.raw`,
    ...(typeof verified === "string" && { sha256: verified }),
  };
}

function resolveKubernetesImages({ cluster, containerImages }: OpenStackSections): KubernetesImages {
  const override = containerImages.overrides["kubernetes"];
  const parsed = override === undefined ? undefined : parseDockerTag(override.tag);
  if (override === undefined || parsed?.ok !== true) return { version: `v${cluster.kubernetes}` };
  return { version: kubernetesVersion(parsed.build), repository: override.name };
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
    dns: resolveDns(dnsManagement(provider), provider.dns, clusterDomain),
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
