import { arnOf, iamArnOf, regionalService, type AccountFacts } from "./facts.js";
import type { Statement } from "./policy-document.js";

/** In a key's policy the one key that it belongs to. */
const THIS_KEY = ["*"];

/** What encrypts and decrypts, so that one can also have a service do it. */
const USE = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/**
 * What administers a key without using it, nor letting others: no grants.
 * Source: docs.aws.amazon.com/kms/latest/developerguide/key-policy-default
 */
const ADMINISTRATION = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListKeyRotations",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:RevokeGrant",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

/**
 * Who may do what with the key of Secrets and logs: whom the account's IAM allows it, and CloudWatch Logs for this
 * cluster's log groups, which are named `/aws/<eks or vpc>/<cluster>/…`.
 * Source: docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms
 */
export function controlPlaneKeyPolicy(facts: AccountFacts): readonly Statement[] {
  return [
    { sid: "AccountByIam", principals: account(facts), actions: ["kms:*"], resources: THIS_KEY },
    {
      sid: "LogsOfTheCluster",
      principals: { Service: [regionalService(facts, "logs")] },
      actions: USE,
      resources: THIS_KEY,
      conditions: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": ["eks", "vpc"].map((source) =>
            arnOf(facts, "logs", `log-group:/aws/${source}/${facts.clusterName}/*`),
          ),
        },
      },
    },
  ];
}

/**
 * Who may do what with the key of volumes, buckets and images: the account's IAM allows whom to administer it, and whom
 * to use it, but that by storing something with S3, EC2 or ECR of this region alone.
 * Source: docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest
 */
export function dataKeyPolicy(facts: AccountFacts): readonly Statement[] {
  const by = (...services: readonly string[]) => ({
    "kms:CallerAccount": [facts.accountId],
    "kms:ViaService": services.map((service) => regionalService(facts, service)),
  });
  return [
    { sid: "AccountAdministers", principals: account(facts), actions: ADMINISTRATION, resources: THIS_KEY },
    {
      sid: "AccountUsesByServices",
      principals: account(facts),
      // A repository that is deleted gives its grant back.
      actions: [...USE, "kms:RetireGrant"],
      resources: THIS_KEY,
      conditions: { StringEquals: by("ec2", "ecr", "s3") },
    },
    {
      sid: "AccountGrantsToServices",
      principals: account(facts),
      actions: ["kms:CreateGrant"],
      resources: THIS_KEY,
      conditions: { StringEquals: by("ec2", "ecr", "s3"), Bool: { "kms:GrantIsForAWSResource": ["true"] } },
    },
  ];
}

function account(facts: AccountFacts) {
  return { AWS: [iamArnOf(facts, "root")] };
}
