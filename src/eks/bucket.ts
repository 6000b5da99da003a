import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy/index.js";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning/index.js";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { Construct } from "constructs";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import { acceptRisk } from "./accepted-risk.js";
import { bucketPolicy } from "./policies/bucket.js";
import type { AccountFacts } from "./policies/facts.js";
import { policyDocument } from "./policies/policy-document.js";

export interface BucketProps {
  readonly identity: ClusterIdentity;
  readonly account: AccountFacts;
  /** The bucket is named `<cluster>-<purpose>-<account>-<region>`: names are the whole world's. */
  readonly purpose: string;
  readonly keyArn: string;
  /** Whether destroying the bucket deletes what is in it; else it fails while there is anything. */
  readonly deleteContent: boolean;
}

/** Days that a version is kept after it was overwritten or deleted: time to notice. */
const FORMER_VERSION_DAYS = 30;
const UNFINISHED_UPLOAD_DAYS = 7;

/** A bucket that nobody outside reaches, which keeps what is overwritten for a while. */
export class Bucket extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    const { identity, account, purpose } = props;
    const resource = new S3Bucket(this, "Default", {
      bucket: `${identity.resourceName(purpose)}-${account.accountId}-${account.region}`,
      forceDestroy: props.deleteContent,
    });
    acceptRisk(resource, {
      CKV_AWS_18: "who reads and writes objects is for the account's trail to tell, which sees every bucket",
      CKV_AWS_144:
        "the objects' second copy is a decision of the user's: another region is another price and another law",
      CKV2_AWS_62: "nothing of the cluster's waits for an object to come or go",
    });
    const bucket = resource.id;
    const closed = new S3BucketPublicAccessBlock(this, "public-access", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: props.keyArn },
          bucketKeyEnabled: true,
        },
      ],
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      rule: [
        {
          id: "former-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [{ noncurrentDays: FORMER_VERSION_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: UNFINISHED_UPLOAD_DAYS }],
        },
      ],
      dependsOn: [versioning],
    });
    // Both change who may do what: S3 refuses them at the same time.
    new S3BucketPolicy(this, "policy", {
      bucket,
      policy: policyDocument(bucketPolicy(resource.arn)),
      dependsOn: [closed],
    });
    this.name = resource.bucket;
    this.arn = resource.arn;
  }
}
