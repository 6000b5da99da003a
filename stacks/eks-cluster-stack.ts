import { DataResource, TerraformStack, type TerraformElement } from "cdktf";
import type { Construct, Node } from "constructs";
import type { EksClusterConfig } from "../src/config/cluster-config.js";
import { ClusterIdentity } from "../src/config/cluster-identity.js";
import { Access } from "../src/eks/access.js";
import { Account } from "../src/eks/account.js";
import { Bucket } from "../src/eks/bucket.js";
import { ControlPlane } from "../src/eks/control-plane.js";
import { DnsRecords } from "../src/eks/dns-records.js";
import { EncryptionKey } from "../src/eks/encryption-key.js";
import { clusterFlows, groupsOf } from "../src/eks/flows.js";
import { FlowLogs } from "../src/eks/flow-logs.js";
import { IngressAddresses } from "../src/eks/ingress-addresses.js";
import { Nodes } from "../src/eks/nodes.js";
import { controlPlaneKeyPolicy, dataKeyPolicy } from "../src/eks/policies/keys.js";
import { Registry } from "../src/eks/registry.js";
import { SecurityGroups } from "../src/eks/security-groups.js";
import { ServiceIdentities } from "../src/eks/service-identities.js";
import { VpcEndpoints } from "../src/eks/vpc-endpoints.js";
import { Vpc } from "../src/eks/vpc.js";
import { addAwsProvider } from "./aws-provider.js";
import { logicalId } from "./logical-id.js";
import { addOutputs } from "./outputs.js";
import { configureTerraform, type StackLocation } from "./terraform-settings.js";

export interface EksClusterStackProps extends StackLocation {
  readonly config: EksClusterConfig;
}

/** A cluster on Amazon EKS: everything of it in the account, but the issuer of its users' tokens. */
export class EksClusterStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: EksClusterStackProps) {
    super(scope, id);
    const { config } = props;
    const { provider, services } = config;
    configureTerraform(this, config, props, "aws");
    addAwsProvider(this, config);

    const identity = new ClusterIdentity(config.name, config.tags);
    const account = new Account(this, "account", { region: provider.region, clusterName: config.name }).facts;
    const key = new EncryptionKey(this, "control-plane-key", {
      identity,
      purpose: "control-plane",
      policy: controlPlaneKeyPolicy(account),
    });
    const dataKey = new EncryptionKey(this, "data-key", { identity, purpose: "data", policy: dataKeyPolicy(account) });

    const vpc = new Vpc(this, "vpc", {
      identity,
      cidr: provider.vpcCidr,
      zones: provider.availabilityZones,
      nat: provider.nat,
    });
    new FlowLogs(this, "flow-logs", {
      identity,
      account,
      vpcId: vpc.vpcId,
      retentionDays: provider.logRetentionDays,
      keyArn: key.arn,
    });
    const securityGroups = new SecurityGroups(this, "security-group", {
      identity,
      vpcId: vpc.vpcId,
      groups: groupsOf(config),
    });
    const endpoints = new VpcEndpoints(this, "vpc-endpoint", {
      identity,
      vpc,
      region: provider.region,
      ...(provider.nat === "none" && { interfaceSecurityGroupId: securityGroups.groupId("endpoints") }),
    });
    securityGroups.allow(clusterFlows(config), endpoints.prefixListIds);

    const privateSubnetIds = Object.values(vpc.privateSubnetIds);
    const controlPlane = new ControlPlane(this, "control-plane", {
      identity,
      account,
      config,
      subnetIds: privateSubnetIds,
      securityGroupId: securityGroups.groupId("control-plane"),
      keyArn: key.arn,
    });
    new Access(this, "access", {
      controlPlane,
      partition: account.partition,
      adminRoleArns: provider.adminRoleArns,
    });

    const bucket = (purpose: string) =>
      new Bucket(this, `bucket-${purpose}`, {
        identity,
        account,
        purpose,
        keyArn: dataKey.arn,
        deleteContent: config.profile === "development",
      });
    const buckets = {
      ...(services.backup.enabled && { velero: bucket("velero") }),
      ...(services.registry.enabled && { registry: bucket("registry") }),
    };
    const registry = new Registry(this, "registry", {
      identity,
      repositories: provider.repositories,
      keyArn: dataKey.arn,
      deleteContent: config.profile === "development",
    });
    const identities = new ServiceIdentities(this, "pod-identity", {
      identity,
      account,
      controlPlane,
      vpcArn: vpc.arn,
      buckets,
      dataKeyArn: dataKey.arn,
    });
    new Nodes(this, "nodes", {
      identity,
      account,
      config,
      controlPlane,
      identities,
      subnetIds: privateSubnetIds,
      securityGroupId: securityGroups.groupId("workers"),
      after: [
        // One element that all groups wait for, instead of each naming every route and rule.
        new DataResource(this, "network-is-ready", {
          dependsOn: [...vpc.routes, ...endpoints.resources, ...securityGroups.rules],
        }),
      ],
    });

    const ingress = services.ingress.enabled
      ? new IngressAddresses(this, "ingress", { identity, zones: vpc.zones })
      : undefined;
    const dns = provider.dns.manage === "none" ? undefined : new DnsRecords(this, "dns", { identity, ...provider.dns });
    if (ingress !== undefined) dns?.addAddresses("ingress", config.ingressWildcard, ingress.addresses);

    addOutputs(this, {
      cluster_name: { value: controlPlane.clusterName, description: "Name of the cluster in EKS" },
      endpoint: { value: controlPlane.endpoint, description: "Kubernetes API" },
      certificate_authority: { value: controlPlane.certificateAuthority, description: "Its CA, PEM in base64" },
      region: { value: provider.region, description: "Region" },
      account_id: { value: account.accountId, description: "Account" },
      vpc_id: { value: vpc.vpcId, description: "VPC" },
      private_subnet_ids: { value: vpc.privateSubnetIds, description: "Subnets of the nodes, by zone" },
      public_subnet_ids: { value: vpc.publicSubnetIds, description: "Subnets of balancers, by zone" },
      worker_security_group_id: { value: securityGroups.groupId("workers"), description: "Security group of nodes" },
      load_balancer_security_group_id: {
        value: securityGroups.groupId("load-balancers"),
        description: "Security group of the ingress' balancer",
      },
      role_arns: { value: identities.roleArns, description: "IAM roles of the cluster's services, by service" },
      buckets: {
        value: Object.fromEntries(Object.entries(buckets).map(([purpose, { name }]) => [purpose, name])),
        description: "Buckets by purpose",
      },
      data_key_arn: { value: dataKey.arn, description: "KMS key of volumes, buckets and images" },
      repositories: { value: registry.urls, description: "Addresses of the ECR repositories, by name" },
      ...(ingress !== undefined && {
        ingress_allocation_ids: { value: ingress.allocationIds, description: "Addresses of the ingress, by zone" },
        ingress_addresses: { value: ingress.addresses, description: "The same as clients know them" },
      }),
      ...(dns?.nameServers !== undefined && {
        name_servers: { value: dns.nameServers, description: "What the zone above must name for the cluster's zone" },
      }),
    });
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    return logicalId(element);
  }
}
