/** What tells this cluster's part of AWS from any other's. */
export interface AccountFacts {
  /** `aws`, `aws-us-gov`. */
  readonly partition: string;
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  readonly clusterName: string;
}

/** The ARN of a resource of this account and region, as `<service>:<region>:<account>:<resource>`. */
export function arnOf({ partition, region, accountId }: AccountFacts, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

/** The ARN of a resource of IAM, which knows no regions. */
export function iamArnOf({ partition, accountId }: AccountFacts, resource: string): string {
  return `arn:${partition}:iam::${accountId}:${resource}`;
}

/** Who an AWS service is to KMS when it uses a key for somebody: a value of kms:ViaService. */
export function regionalService({ region }: AccountFacts, service: string): string {
  return `${service}.${region}.amazonaws.com`;
}
