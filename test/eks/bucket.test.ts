import { describe, expect, it } from "@jest/globals";
import { eksCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resource, type Attributes } from "../support/synthesized.js";

const ACCOUNT = "${data.aws_caller_identity.account_caller.account_id}";
const stackOf = (changes: BootstrapChanges = {}) => clusterStack(eksCluster(changes));
const stack = stackOf();

describe.each(["velero", "registry"])("the bucket of %s", (purpose) => {
  const name = `bucket-${purpose}`;
  const reference = `\${aws_s3_bucket.${name}.id}`;
  const part = (type: string, id: string): Attributes => resource(stack, type, `${name}_${id}`);

  it("is named for cluster, account and region: names are the whole world's", () => {
    expect(resource(stack, "aws_s3_bucket", name)["bucket"]).toBe(`demo-${purpose}-${ACCOUNT}-eu-central-1`);
  });

  it("has a name that S3 takes with the longest names of cluster and region", () => {
    const region = "ap-southeast-2";
    const cluster = "c".repeat(20);
    const longest = stackOf({
      cluster: { name: cluster },
      provider: { region, availabilityZones: [`${region}a`, `${region}b`] },
    });
    const text = String(resource(longest, "aws_s3_bucket", name)["bucket"]).replace(ACCOUNT, "123456789012");
    expect(text).toBe(`${cluster}-${purpose}-123456789012-${region}`);
    expect(text.length).toBeLessThanOrEqual(63);
  });

  it("is closed to the public by every switch that there is", () => {
    expect(part("aws_s3_bucket_public_access_block", "public-access")).toMatchObject({
      bucket: reference,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  it("belongs with all that is in it to the account: lists of rights on objects are off", () => {
    expect(part("aws_s3_bucket_ownership_controls", "ownership")).toMatchObject({
      bucket: reference,
      rule: { object_ownership: "BucketOwnerEnforced" },
    });
  });

  it("keeps what was overwritten or deleted for a month, and ends uploads that nobody finished", () => {
    expect(part("aws_s3_bucket_versioning", "versioning")).toMatchObject({
      bucket: reference,
      versioning_configuration: { status: "Enabled" },
    });
    expect(part("aws_s3_bucket_lifecycle_configuration", "lifecycle")).toMatchObject({
      bucket: reference,
      rule: [
        {
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrent_version_expiration: [{ noncurrent_days: 30 }],
          abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
        },
      ],
      depends_on: [`aws_s3_bucket_versioning.${name}_versioning`],
    });
  });

  it("lets nothing that is current expire", () => {
    const { rule } = part("aws_s3_bucket_lifecycle_configuration", "lifecycle") as { rule: readonly Attributes[] };
    for (const one of rule) expect(one).not.toHaveProperty("expiration");
  });

  it("is encrypted with the cluster's key of data, at the price of few calls", () => {
    expect(part("aws_s3_bucket_server_side_encryption_configuration", "encryption")).toMatchObject({
      bucket: reference,
      rule: [
        {
          apply_server_side_encryption_by_default: {
            sse_algorithm: "aws:kms",
            kms_master_key_id: "${aws_kms_key.data-key.arn}",
          },
          bucket_key_enabled: true,
        },
      ],
    });
  });

  it("refuses what is not encrypted on its way, once it is closed to the public: S3 takes one change at a time", () => {
    const policy = part("aws_s3_bucket_policy", "policy");
    expect(policy).toMatchObject({
      bucket: reference,
      depends_on: [`aws_s3_bucket_public_access_block.${name}_public-access`],
    });
    const { Statement } = JSON.parse(String(policy["policy"])) as { Statement: readonly Attributes[] };
    const arn = `\${aws_s3_bucket.${name}.arn}`;
    expect(Statement).toContainEqual(
      expect.objectContaining({
        Effect: "Deny",
        Action: ["s3:*"],
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": ["false"] } },
      }),
    );
  });

  it.each([
    ["production", false],
    ["development", true],
  ])("goes with what is in it in profile %s: %s", (profile, force_destroy) => {
    expect(resource(stackOf({ cluster: { profile } }), "aws_s3_bucket", name)).toMatchObject({ force_destroy });
  });
});

describe("buckets", () => {
  it("are told to the charts, by purpose", () => {
    expect(stack.output["buckets"]?.["value"]).toEqual({
      velero: "${aws_s3_bucket.bucket-velero.bucket}",
      registry: "${aws_s3_bucket.bucket-registry.bucket}",
    });
  });
});
