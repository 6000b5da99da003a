/** A part of AWS with accounts and services of its own. */
export interface Partition {
  /** As ARNs name it. */
  readonly name: string;
  /** Region that every account of it may use, and that answers for what has no region: IAM, S3's and IAM's quotas. */
  readonly homeRegion: string;
}

const COMMERCIAL: Partition = { name: "aws", homeRegion: "us-east-1" };
const GOVERNMENT: Partition = { name: "aws-us-gov", homeRegion: "us-gov-west-1" };

/**
 * Of the regions that bootstrap.yaml takes.
 * Source: docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export function partitionOf(region: string): Partition {
  return region.startsWith("us-gov-") ? GOVERNMENT : COMMERCIAL;
}
