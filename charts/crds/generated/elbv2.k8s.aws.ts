// Generated from the definitions of aws-load-balancer-controller 3.5.0 by `npm run crds -- types`: not to be edited.

export interface IngressClassParamsProps {
  readonly spec?: IngressClassParamsSpec;
}

export interface IngressClassParamsSpec {
  readonly PrefixListsIDs?: readonly string[];
  readonly certificateArn?: readonly string[];
  readonly group?: Group;
  readonly inboundCIDRs?: readonly string[];
  readonly ipAddressType?: "ipv4" | "dualstack" | "dualstack-without-public-ipv4";
  readonly ipamConfiguration?: IpamConfiguration;
  readonly listeners?: readonly Listener[];
  readonly loadBalancerAttributes?: readonly ListenerAttribute[];
  readonly loadBalancerName?: string;
  readonly minimumLoadBalancerCapacity?: MinimumLoadBalancerCapacity;
  readonly namespaceSelector?: NamespaceSelector;
  readonly prefixListsIDs?: readonly string[];
  readonly scheme?: "internal" | "internet-facing";
  readonly sslPolicy?: string;
  readonly sslRedirectPort?: string;
  readonly subnets?: Subnets;
  readonly tags?: readonly ListenerAttribute[];
  readonly targetType?: "instance" | "ip";
  readonly wafv2AclArn?: string;
  readonly wafv2AclName?: string;
}

export interface Group {
  readonly name: string;
}

export interface IpamConfiguration {
  readonly ipv4IPAMPoolId?: string;
}

export interface Listener {
  readonly listenerAttributes?: readonly ListenerAttribute[];
  readonly port?: number;
  readonly protocol?: string;
}

export interface ListenerAttribute {
  readonly key: string;
  readonly value: string;
}

export interface MinimumLoadBalancerCapacity {
  readonly capacityUnits: number;
}

export interface NamespaceSelector {
  readonly matchExpressions?: readonly MatchExpression[];
  readonly matchLabels?: Readonly<Record<string, string>>;
}

export interface MatchExpression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

export interface Subnets {
  readonly ids?: readonly string[];
  readonly tags?: Readonly<Record<string, readonly string[]>>;
}
