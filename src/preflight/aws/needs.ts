import type { EksClusterConfig } from "../../config/cluster-config.js";
import { nodeNeeds, type InstanceSizes } from "./node-needs.js";
import { quotaCodes } from "./quota-codes.js";
import type { QuotaNeed } from "./quota-need.js";

/** What the plan takes of quotas, at the largest that its node groups may grow to. IAM tells its own: `role-quota.ts`. */
export function quotaNeeds(config: EksClusterConfig, sizes: InstanceSizes): readonly QuotaNeed[] {
  const needs: readonly QuotaNeed[] = [
    ...networkNeeds(config),
    ...nodeNeeds(config, sizes),
    ...clusterNeeds(config),
    {
      name: "S3 buckets",
      quota: quotaCodes.buckets,
      needed: bucketsOf(config),
      counted: { what: "not-asked" },
      path: ["services"],
    },
  ];
  return needs.filter(({ needed }) => needed !== 0);
}

/** The zones that get a NAT gateway. */
export function natZones({ provider }: EksClusterConfig): readonly string[] {
  switch (provider.nat) {
    case "none":
      return [];
    case "single":
      // The first by its letter, wherever it stands in the list.
      return [...provider.availabilityZones].sort().slice(0, 1);
    case "per-zone":
      return provider.availabilityZones;
  }
}

function networkNeeds(config: EksClusterConfig): readonly QuotaNeed[] {
  const { provider, network, services } = config;
  const gateways = natZones(config);
  const ingress = services.ingress.enabled ? provider.availabilityZones.length : 0;
  return [
    { name: "VPCs", quota: quotaCodes.vpcs, needed: 1, counted: { what: "vpcs" }, path: ["provider", "vpcCidr"] },
    {
      name: "internet gateways",
      quota: quotaCodes.internetGateways,
      needed: 1,
      counted: { what: "internet-gateways" },
      path: ["provider", "vpcCidr"],
    },
    ...gateways.map((zone): QuotaNeed => ({
      name: `NAT gateways in ${zone}`,
      quota: quotaCodes.natGatewaysPerZone,
      needed: 1,
      counted: { what: "nat-gateways", zone },
      path: ["provider", "nat"],
    })),
    {
      name: "elastic IPs",
      quota: quotaCodes.elasticIps,
      needed: gateways.length + ingress,
      reckoning: `${gateways.length} for NAT gateways, ${ingress} for ingress`,
      counted: { what: "elastic-ips" },
      path: ["provider", "nat"],
    },
    {
      name: "rules per security group",
      quota: quotaCodes.rulesPerSecurityGroup,
      needed: services.ingress.enabled ? network.ingressAllowedCidrs.length * INGRESS_PORTS : 0,
      reckoning: `${INGRESS_PORTS} for each of network.ingressAllowedCidrs`,
      counted: { what: "nothing" },
      path: ["network", "ingressAllowedCidrs"],
    },
  ];
}

/** 80 and 443. */
const INGRESS_PORTS = 2;

function clusterNeeds({ provider, nodeGroups }: EksClusterConfig): readonly QuotaNeed[] {
  const largest = nodeGroups.reduce((found, { maxCount }, index) => {
    return maxCount > (nodeGroups[found]?.maxCount ?? 0) ? index : found;
  }, 0);
  return [
    {
      name: "EKS clusters",
      quota: quotaCodes.clusters,
      needed: 1,
      counted: { what: "clusters" },
      path: ["cluster", "name"],
    },
    {
      name: "node groups per cluster",
      quota: quotaCodes.nodeGroupsPerCluster,
      needed: nodeGroups.length,
      counted: { what: "nothing" },
      path: ["workers"],
    },
    {
      name: "nodes per node group",
      quota: quotaCodes.nodesPerNodeGroup,
      needed: nodeGroups[largest]?.maxCount ?? 0,
      counted: { what: "nothing" },
      path: ["workers", largest, "maxCount"],
    },
    {
      name: "public endpoint CIDRs",
      quota: quotaCodes.publicEndpointCidrs,
      needed: provider.endpoint.public ? provider.endpoint.allowedCidrs.length : 0,
      counted: { what: "nothing" },
      path: ["provider", "endpoint", "allowedCidrs"],
    },
  ];
}

/** For backups, and for the registry's images. */
function bucketsOf({ services }: EksClusterConfig): number {
  return [services.backup, services.registry].filter(({ enabled }) => enabled).length;
}
