import { z } from "zod";
import type { ClusterConfig, EksClusterConfig, OpenStackClusterConfig } from "./cluster-config.js";
import { httpUrl, ipv4Address } from "./schema/primitives.js";
import { tenancyStackName } from "./stack-names.js";

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
  /** Subnets of balancers, by zone, in the order of the configuration's zones. */
  readonly publicSubnetIds: readonly string[];
  /** Security group of the ingress' balancer. */
  readonly loadBalancerSecurityGroupId: string;
  /** Addresses of the ingress, by zone, in the same order. */
  readonly ingressAllocationIds: readonly string[];
  /** KMS key of volumes, buckets and images. */
  readonly dataKeyArn: string;
}

/** How an output of Terraform becomes a value that charts use. */
export interface OutputField<Value, Config extends ClusterConfig> {
  /** Its name in Terraform. */
  readonly name: string;
  /** The stack that has it. */
  readonly stack: (clusterName: string) => string;
  /** Whether a cluster has such a thing. @default - every one has */
  readonly exists?: (config: Config) => boolean;
  /** Completes "expected: …". */
  readonly expected: string;
  readonly schema: (config: Config) => z.ZodType<Value>;
  /** What stands for it until Terraform has been applied. */
  readonly placeholder: (config: Config) => Value;
}

export type OutputFields<Outputs, Config extends ClusterConfig> = {
  readonly [Key in keyof Outputs]: OutputField<Outputs[Key], Config>;
};

/** How a placeholder begins: no cloud makes such an id. */
const PLACEHOLDER = "placeholder:";

/** Ids and ARNs have no form in common but that they are short, on one line and without blanks. */
const cloudId = z.string().regex(/^[\w.:/-]{1,256}$/);

const ofCluster = (clusterName: string) => clusterName;
const hasIngress = ({ services }: ClusterConfig) => services.ingress.enabled;

function idField(name: string, what: string): OutputField<string, ClusterConfig> {
  return {
    name,
    stack: ofCluster,
    expected: `the id of ${what}`,
    schema: () => cloudId,
    placeholder: () => `${PLACEHOLDER}${name}`,
  };
}

/** Catalogs name the service with its version or without. */
const identityUrl = httpUrl.transform((url) => `${url.replace(/(\/v3)?\/*$/, "")}/v3`);

export const openStackFields: OutputFields<OpenStackOutputs, OpenStackClusterConfig> = {
  adminRoleId: { ...idField("admin_role_id", "a Keystone role"), stack: tenancyStackName },
  identityUrl: {
    name: "identity_url",
    stack: ofCluster,
    expected: "the address of the identity service",
    schema: () => identityUrl,
    placeholder: () => "https://identity.placeholder.invalid/v3",
  },
  externalNetworkId: idField("external_network_id", "the network that floating IPs come from"),
  networkId: idField("network_id", "the node network"),
  subnetId: idField("subnet_id", "its subnet"),
  ingressAddress: {
    name: "ingress_address",
    stack: ofCluster,
    exists: hasIngress,
    expected: "an IPv4 address",
    schema: () => ipv4Address,
    // An address of documentation, where an address must be one. Source: RFC 5737
    placeholder: () => "192.0.2.1",
  },
};

/** Ids by the letter of their zone, in the order of the configuration's zones. */
function zoneField(name: string, what: string): OutputField<readonly string[], EksClusterConfig> {
  const lettersOf = ({ provider }: EksClusterConfig) => provider.availabilityZones.map((zone) => zone.slice(-1));
  return {
    name,
    stack: ofCluster,
    expected: `the id of ${what} for every zone, by its letter`,
    schema: (config) => {
      const letters = lettersOf(config);
      return z
        .object(Object.fromEntries(letters.map((letter) => [letter, cloudId])))
        .transform((ids) => letters.flatMap((letter) => ids[letter] ?? []));
    },
    placeholder: (config) => lettersOf(config).map((letter) => `${PLACEHOLDER}${name}-${letter}`),
  };
}

export const eksFields: OutputFields<EksOutputs, EksClusterConfig> = {
  vpcId: idField("vpc_id", "the VPC"),
  publicSubnetIds: zoneField("public_subnet_ids", "a public subnet"),
  loadBalancerSecurityGroupId: idField("load_balancer_security_group_id", "a security group"),
  ingressAllocationIds: { ...zoneField("ingress_allocation_ids", "a reserved address"), exists: hasIngress },
  dataKeyArn: { ...idField("data_key_arn", "a KMS key"), expected: "the ARN of a KMS key" },
};
