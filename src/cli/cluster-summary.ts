import type { Field } from "./table.js";
import { isOpenStack, type ClusterConfig, type OpenStackClusterConfig } from "../config/cluster-config.js";
import { apiUrl } from "../config/host-names.js";

/** Numbers of servers by role; on EKS Amazon runs etcd and the controllers. */
export interface NodeCounts {
  readonly etcd: number;
  readonly controllers: number;
  readonly workers: number;
}

/** What a user wants to see of a cluster at a glance. Part of the JSON interface. */
export interface ClusterSummary {
  readonly cluster: string;
  readonly provider: ClusterConfig["provider"]["type"];
  readonly kubernetes: string;
  readonly profile: ClusterConfig["profile"];
  readonly nodes: NodeCounts;
  /** CIDRs by purpose. */
  readonly networks: Readonly<Record<string, string>>;
  /** On EKS Amazon names the API when the cluster is made. */
  readonly endpoints: { readonly api?: string; readonly ingress: string };
}

export function summarize(config: ClusterConfig): ClusterSummary {
  return {
    cluster: config.name,
    provider: config.provider.type,
    kubernetes: config.kubernetes,
    profile: config.profile,
    nodes: isOpenStack(config) ? countServers(config) : countGroups(config.nodeGroups),
    networks: networksOf(config),
    endpoints: { ...(isOpenStack(config) && { api: apiUrl(config.apiHosts) }), ingress: config.ingressWildcard },
  };
}

/** The facts as names and values for a reader. */
export function summaryFields(summary: ClusterSummary): readonly Field[] {
  const { cluster, kubernetes, profile, nodes, networks, endpoints } = summary;
  return [
    ["cluster", `${cluster}: Kubernetes ${kubernetes} on ${PROVIDER_TITLES[summary.provider]}, ${profile} profile`],
    ["nodes", describeNodes(nodes)],
    [
      "networks",
      Object.entries(networks)
        .map(([purpose, cidr]) => `${purpose} ${cidr}`)
        .join(", "),
    ],
    ["API", describeApi(summary)],
    ["ingress", endpoints.ingress],
  ];
}

const PROVIDER_TITLES: Readonly<Record<ClusterSummary["provider"], string>> = {
  openstack: "OpenStack",
  eks: "Amazon EKS",
};

/** Where users reach the Kubernetes API, as far as it is known before the cluster is made. */
export function describeApi({ endpoints }: ClusterSummary): string {
  return endpoints.api ?? "where Amazon puts it: `endpoint` of the stack's outputs";
}

/** `5 etcd, 3 controllers, 1 worker` */
export function describeNodes({ etcd, controllers, workers }: NodeCounts): string {
  const counted: readonly (readonly [number, string])[] = [
    [etcd, "etcd"],
    [controllers, controllers === 1 ? "controller" : "controllers"],
    [workers, workers === 1 ? "worker" : "workers"],
  ];
  const parts = counted.filter(([count]) => count > 0).map(([count, noun]) => `${count} ${noun}`);
  return parts.length === 0 ? "none" : parts.join(", ");
}

function countServers(config: OpenStackClusterConfig): NodeCounts {
  return {
    etcd: config.etcd.stacked ? 0 : config.etcd.nodes.length,
    controllers: config.controllers.length,
    workers: config.workerPools.reduce((sum, pool) => sum + pool.nodes.length, 0),
  };
}

function countGroups(groups: readonly { readonly count: number }[]): NodeCounts {
  return { etcd: 0, controllers: 0, workers: groups.reduce((sum, { count }) => sum + count, 0) };
}

function networksOf(config: ClusterConfig): Readonly<Record<string, string>> {
  if (!isOpenStack(config)) {
    return { vpc: config.provider.vpcCidr, services: config.network.serviceCidr };
  }
  const { nodeCidr, podCidr, serviceCidr } = config.network;
  return { nodes: nodeCidr, pods: podCidr, services: serviceCidr };
}
