import { regionalService, type AccountFacts } from "./facts.js";
import type { Statement } from "./policy-document.js";

/** A bucket and the key that its objects are encrypted with, by their ARNs. */
export interface EncryptedBucket {
  readonly bucketArn: string;
  readonly keyArn: string;
}

/**
 * Objects of one bucket: S3 names the bucket, or the object where it has no bucket key, in what it asks of KMS.
 * Source: docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption
 */
export function objectEncryption(facts: AccountFacts, { bucketArn, keyArn }: EncryptedBucket): Statement {
  return {
    sid: "EncryptObjectsOfTheBucket",
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    resources: [keyArn],
    conditions: {
      StringEquals: { "kms:ViaService": [regionalService(facts, "s3")] },
      StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn, `${bucketArn}/*`] },
    },
  };
}

/**
 * Volumes encrypted with one key, new or from a snapshot under the same key. The grant is what an instance reads and
 * writes its volume with. Source: docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements
 */
export function volumeEncryption(facts: AccountFacts, keyArn: string): readonly Statement[] {
  const viaEc2 = { "kms:ViaService": [regionalService(facts, "ec2")] };
  return [
    {
      sid: "EncryptVolumes",
      actions: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"],
      resources: [keyArn],
      conditions: { StringEquals: viaEc2 },
    },
    {
      sid: "GrantKeyToInstances",
      actions: ["kms:CreateGrant"],
      resources: [keyArn],
      conditions: { StringEquals: viaEc2, Bool: { "kms:GrantIsForAWSResource": ["true"] } },
    },
  ];
}
