/** A quota as Service Quotas names it. */
export interface QuotaCode {
  readonly service: "ec2" | "ebs" | "vpc" | "eks" | "s3" | "iam";
  readonly code: string;
  /** Of the account rather than of a region: asked in the partition's home region. */
  readonly global?: true;
}

/** Source: `aws service-quotas list-aws-default-service-quotas --service-code <service>` */
export const quotaCodes = {
  vpcs: { service: "vpc", code: "L-F678F1CE" },
  internetGateways: { service: "vpc", code: "L-A4707A72" },
  natGatewaysPerZone: { service: "vpc", code: "L-FE5A380F" },
  rulesPerSecurityGroup: { service: "vpc", code: "L-0EA8095F" },
  elasticIps: { service: "ec2", code: "L-0263D0A3" },
  gp3StorageTiB: { service: "ebs", code: "L-7A658B76" },
  clusters: { service: "eks", code: "L-1194D53C" },
  nodeGroupsPerCluster: { service: "eks", code: "L-6D54EA21" },
  nodesPerNodeGroup: { service: "eks", code: "L-BD136A63" },
  publicEndpointCidrs: { service: "eks", code: "L-93A74D60" },
  buckets: { service: "s3", code: "L-DC2B2D3D", global: true },
  roles: { service: "iam", code: "L-FE177D64", global: true },
} as const satisfies Readonly<Record<string, QuotaCode>>;

/** How a node is paid for. */
export type Capacity = "on-demand" | "spot";

/** Instance families that share one quota of vCPUs. */
export interface InstanceFamily {
  /** As AWS writes it. */
  readonly title: string;
  readonly quotas: Readonly<Partial<Record<Capacity, QuotaCode>>>;
}

/** A, C, D, H, I, M, R, T and Z. */
const STANDARD = family("standard", "L-1216C47A", "L-34B43A08");
const ACCELERATED_GRAPHICS = family("G and VT", "L-DB2E81BA", "L-3819A6DF");

/** By the letters that an instance type's name begins with; those that are not here are standard. */
const OTHERS: Readonly<Record<string, InstanceFamily>> = {
  g: ACCELERATED_GRAPHICS,
  gr: ACCELERATED_GRAPHICS,
  vt: ACCELERATED_GRAPHICS,
  p: family("P", "L-417A185B", "L-7212CCBC"),
  x: family("X", "L-7295265B", "L-E3A00192"),
  f: family("F", "L-74FC7D96", "L-88CF9481"),
  dl: family("DL", "L-6E869C2A", "L-85EED4F7"),
  inf: family("Inf", "L-1945791B", "L-B5D1601B"),
  trn: family("Trn", "L-2C3B7624", "L-6B0D517C"),
  hpc: family("HPC", "L-F7808C92"),
  u: family("High Memory", "L-43DA4232"),
};

/** Source: docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html and using-spot-limits.html */
export function familyOf(instanceType: string): InstanceFamily {
  return OTHERS[/^[a-z]+/.exec(instanceType)?.[0] ?? ""] ?? STANDARD;
}

function family(title: string, onDemand: string, spot?: string): InstanceFamily {
  const quotas: InstanceFamily["quotas"] = {
    "on-demand": { service: "ec2", code: onDemand },
    ...(spot !== undefined && { spot: { service: "ec2", code: spot } }),
  };
  return { title, quotas };
}
