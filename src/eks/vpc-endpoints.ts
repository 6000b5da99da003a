import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import type { GatewayService } from "./flows.js";
import type { Vpc } from "./vpc.js";

export interface VpcEndpointsProps {
  readonly identity: ClusterIdentity;
  readonly vpc: Vpc;
  readonly region: string;
  /** Group of the interface endpoints. @default - no interface endpoints: nodes reach AWS through NAT */
  readonly interfaceSecurityGroupId?: string;
}

/**
 * What nodes and the cluster's own services ask of AWS, for nodes without a way to the internet. Session Manager needs the
 * three at the end. Source: docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
 */
const INTERFACE_SERVICES = [
  "autoscaling",
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "eks",
  "eks-auth",
  "elasticloadbalancing",
  "kms",
  "logs",
  "sts",
  "ec2messages",
  "ssm",
  "ssmmessages",
] as const;

/** Ways to AWS that stay within the VPC. */
export class VpcEndpoints extends Construct {
  /** Address lists of the gateways, by service: what a rule of a security group can name. */
  readonly prefixListIds: Readonly<Record<GatewayService, string>>;
  readonly resources: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    const { identity, vpc, region } = props;
    const common = (service: string) => ({
      vpcId: vpc.vpcId,
      serviceName: `com.amazonaws.${region}.${service}`,
      tags: { Name: identity.resourceName(service.replace(".", "-")) },
    });
    const gateway = (service: GatewayService) =>
      new VpcEndpoint(this, service, {
        ...common(service),
        vpcEndpointType: "Gateway",
        routeTableIds: [...vpc.privateRouteTableIds],
      });
    const gateways = { s3: gateway("s3"), dynamodb: gateway("dynamodb") };
    const { interfaceSecurityGroupId } = props;
    const interfaces = (interfaceSecurityGroupId === undefined ? [] : INTERFACE_SERVICES).map(
      (service) =>
        new VpcEndpoint(this, service.replace(".", "-"), {
          ...common(service),
          vpcEndpointType: "Interface",
          privateDnsEnabled: true,
          subnetIds: Object.values(vpc.privateSubnetIds),
          ...(interfaceSecurityGroupId !== undefined && { securityGroupIds: [interfaceSecurityGroupId] }),
        }),
    );
    this.prefixListIds = { s3: gateways.s3.prefixListId, dynamodb: gateways.dynamodb.prefixListId };
    this.resources = [...Object.values(gateways), ...interfaces];
  }
}
