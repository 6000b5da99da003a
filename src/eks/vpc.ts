import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group/index.js";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway/index.js";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table/index.js";
import { Route } from "@cdktf/provider-aws/lib/route/index.js";
import { Subnet } from "@cdktf/provider-aws/lib/subnet/index.js";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association/index.js";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import type { EksProvider } from "../config/cluster-config.js";
import { NatGateways } from "./nat-gateways.js";
import { subnetPlan, type ZoneSubnets } from "./subnet-plan.js";

export interface VpcProps {
  readonly identity: ClusterIdentity;
  /** IPv4 network in CIDR notation. */
  readonly cidr: string;
  /** Two or three zones of one region. */
  readonly zones: readonly string[];
  readonly nat: EksProvider["nat"];
}

/** A subnet in each zone, and the table of where it sends what; both by the zone's letter. */
interface Tier {
  readonly subnetIds: Readonly<Record<string, string>>;
  readonly routeTableIds: Readonly<Record<string, string>>;
  readonly associations: readonly RouteTableAssociation[];
}

/** A cluster's own network: nodes in private subnets, NAT gateways and balancers in public ones. */
export class Vpc extends Construct {
  readonly vpcId: string;
  readonly arn: string;
  readonly zones: readonly ZoneSubnets[];
  /** By the zone's letter. */
  readonly privateSubnetIds: Readonly<Record<string, string>>;
  readonly publicSubnetIds: Readonly<Record<string, string>>;
  readonly privateRouteTableIds: readonly string[];
  /** Nodes reach what is not in the VPC once these are there. */
  readonly routes: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: VpcProps,
  ) {
    super(scope, id);
    const { identity } = props;
    const vpc = new AwsVpc(this, "Default", {
      cidrBlock: props.cidr,
      enableDnsSupport: true,
      // Nodes register by their DNS names, and interface endpoints are found by them.
      enableDnsHostnames: true,
      tags: { Name: identity.resourceName("vpc") },
    });
    this.vpcId = vpc.id;
    this.arn = vpc.arn;
    this.zones = subnetPlan(props.cidr, props.zones);
    // Amazon makes one that lets everything out and its members in: without rules nobody leans on it.
    new DefaultSecurityGroup(this, "default-security-group", {
      vpcId: vpc.id,
      ingress: [],
      egress: [],
      tags: { Name: identity.resourceName("unused") },
    });

    const publicTier = this.addTier("public");
    const internet = new InternetGateway(this, "internet-gateway", {
      vpcId: vpc.id,
      tags: { Name: identity.resourceName("internet") },
    });
    const routes = Object.entries(publicTier.routeTableIds).map(([letter, routeTableId]) =>
      this.addDefaultRoute(`public-${letter}`, { routeTableId, gatewayId: internet.id }),
    );
    const privateTier = this.addTier("private");
    const nat = new NatGateways(this, "nat", {
      identity,
      mode: props.nat,
      publicSubnetIds: publicTier.subnetIds,
      internet,
    });
    for (const [letter, routeTableId] of Object.entries(privateTier.routeTableIds)) {
      const natGatewayId = nat.gatewayFor(letter);
      if (natGatewayId !== undefined)
        routes.push(this.addDefaultRoute(`private-${letter}`, { routeTableId, natGatewayId }));
    }
    this.publicSubnetIds = publicTier.subnetIds;
    this.privateSubnetIds = privateTier.subnetIds;
    this.privateRouteTableIds = Object.values(privateTier.routeTableIds);
    this.routes = [...routes, ...publicTier.associations, ...privateTier.associations];
  }

  private addTier(tier: keyof typeof BALANCER_TAGS): Tier {
    const { identity } = this.props;
    const subnetIds: Record<string, string> = {};
    const routeTableIds: Record<string, string> = {};
    const associations: RouteTableAssociation[] = [];
    for (const { zone, letter, publicCidr, privateCidr } of this.zones) {
      const id = `${tier}-${letter}`;
      const name = { Name: identity.resourceName(id) };
      const subnet = new Subnet(this, id, {
        vpcId: this.vpcId,
        availabilityZone: zone,
        cidrBlock: tier === "public" ? publicCidr : privateCidr,
        mapPublicIpOnLaunch: false,
        tags: { ...name, ...BALANCER_TAGS[tier], [`kubernetes.io/cluster/${identity.clusterName}`]: "shared" },
      });
      const routeTable = new RouteTable(this, `${id}-routes`, { vpcId: this.vpcId, tags: name });
      associations.push(
        new RouteTableAssociation(this, `${id}-association`, { subnetId: subnet.id, routeTableId: routeTable.id }),
      );
      subnetIds[letter] = subnet.id;
      routeTableIds[letter] = routeTable.id;
    }
    return { subnetIds, routeTableIds, associations };
  }

  private addDefaultRoute(
    id: string,
    target: { readonly routeTableId: string } & ({ readonly gatewayId: string } | { readonly natGatewayId: string }),
  ): Route {
    return new Route(this, `${id}-default`, { destinationCidrBlock: "0.0.0.0/0", ...target });
  }
}

/** By these a controller of balancers knows which subnets are for which. docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
const BALANCER_TAGS = {
  public: { "kubernetes.io/role/elb": "1" },
  private: { "kubernetes.io/role/internal-elb": "1" },
} as const;
