import {
  isOpenStack,
  type ClusterConfig,
  type EksClusterConfig,
  type OpenStackClusterConfig,
} from "./cluster-config.js";

/** What Terraform alone knows of a cluster on OpenStack, and charts say. Ids are those of the cloud. */
export interface OpenStackOutputs {
  /** Keystone role of the cluster's administrators. */
  readonly adminRoleId: string;
  /** Where the cloud's identity service answers: `https://…/v3`. */
  readonly identityUrl: string;
  /** Network that floating IPs come from. */
  readonly externalNetworkId: string;
  /** Node network. */
  readonly networkId: string;
  readonly subnetId: string;
  /** Public address of the ingress. */
  readonly ingressAddress: string;
}

/** The same of a cluster on Amazon EKS. */
export interface EksOutputs {
  readonly vpcId: string;
  /** Subnets of balancers, by zone. */
  readonly publicSubnetIds: readonly string[];
  /** Security group of the ingress' balancer. */
  readonly loadBalancerSecurityGroupId: string;
  /** Addresses of the ingress, by zone. */
  readonly ingressAllocationIds: readonly string[];
  /** KMS key of volumes, buckets and images. */
  readonly dataKeyArn: string;
}

export interface OpenStackCluster {
  readonly config: OpenStackClusterConfig;
  readonly outputs: OpenStackOutputs;
}

export interface EksCluster {
  readonly config: EksClusterConfig;
  readonly outputs: EksOutputs;
}

/** A cluster with what is known of it after it was applied. */
export type Cluster = OpenStackCluster | EksCluster;

export function isOnOpenStack(cluster: Cluster): cluster is OpenStackCluster {
  return isOpenStack(cluster.config);
}

/** How a placeholder begins: no cloud makes such an id. */
const PLACEHOLDER = "placeholder:";
/** An address of documentation, where an address must be one. Source: RFC 5737 */
const PLACEHOLDER_ADDRESS = "192.0.2.1";

/**
 * They stand in manifests that are synthesized before Terraform has been applied, so that these can be read and checked.
 * What is granted to one is granted to nobody.
 */
const openStackPlaceholders: OpenStackOutputs = {
  adminRoleId: `${PLACEHOLDER}admin_role_id`,
  identityUrl: "https://identity.placeholder.invalid/v3",
  externalNetworkId: `${PLACEHOLDER}external_network_id`,
  networkId: `${PLACEHOLDER}network_id`,
  subnetId: `${PLACEHOLDER}subnet_id`,
  ingressAddress: PLACEHOLDER_ADDRESS,
};

function eksPlaceholders({ provider }: EksClusterConfig): EksOutputs {
  const byZone = (name: string) => provider.availabilityZones.map((zone) => `${PLACEHOLDER}${name}-${zone}`);
  return {
    vpcId: `${PLACEHOLDER}vpc_id`,
    publicSubnetIds: byZone("public_subnet_ids"),
    loadBalancerSecurityGroupId: `${PLACEHOLDER}load_balancer_security_group_id`,
    ingressAllocationIds: byZone("ingress_allocation_ids"),
    dataKeyArn: `${PLACEHOLDER}data_key_arn`,
  };
}

/** A cluster that nothing was applied of yet. */
export function plannedCluster(config: OpenStackClusterConfig): OpenStackCluster;
export function plannedCluster(config: EksClusterConfig): EksCluster;
export function plannedCluster(config: ClusterConfig): Cluster;
export function plannedCluster(config: ClusterConfig): Cluster {
  return isOpenStack(config)
    ? { config, outputs: openStackPlaceholders }
    : { config, outputs: eksPlaceholders(config) };
}
