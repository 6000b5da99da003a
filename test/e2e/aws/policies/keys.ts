import { ACCOUNT, REGION } from "../../../eks/policies/support/documents.js";
import type { IamRequest } from "../../support/iam-simulator.js";
import { ENCRYPTION_CONTEXT } from "./calls.js";

/** Somebody who wants to use a key. */
export interface KeyCall {
  /** What it means, after "lets" or "does not let". */
  readonly purpose: string;
  readonly by: string;
  readonly action: string;
  readonly context: NonNullable<IamRequest["context"]>;
  /** Whether the caller's own policies allow everything that KMS has. */
  readonly iamAllows: boolean;
  readonly unchecked?: string;
}

interface KeyCalls {
  readonly allowed: readonly KeyCall[];
  readonly refused: readonly KeyCall[];
}

const ADMIN = `arn:aws:iam::${ACCOUNT}:role/admin`;
const FOREIGN = "arn:aws:iam::999988887777:role/admin";
const AUTO_SCALING = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;

const logs = (group: string, region = REGION) => ({
  "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${ACCOUNT}:log-group:${group}`,
});
const SERVICE = { by: `logs.${REGION}.amazonaws.com`, iamAllows: false, unchecked: ENCRYPTION_CONTEXT };

export const logsKeyCalls: KeyCalls = {
  allowed: [
    {
      purpose: "an admin delete it",
      by: ADMIN,
      action: "kms:ScheduleKeyDeletion",
      context: { "kms:CallerAccount": ACCOUNT },
      iamAllows: true,
    },
    ...[
      "Decrypt",
      "Encrypt",
      "GenerateDataKey",
      "GenerateDataKeyWithoutPlaintext",
      "ReEncryptFrom",
      "ReEncryptTo",
    ].flatMap((action) =>
      ["/aws/eks/demo/cluster", "/aws/vpc/demo/flows"].map((group) => ({
        purpose: `CloudWatch ${action} ${group}`,
        ...SERVICE,
        action: `kms:${action}`,
        context: logs(group),
      })),
    ),
  ],
  refused: [
    ...["/aws/eks/other/cluster", "/aws/eks/demo2/cluster", "/aws/lambda/demo/x", "/shop"].map((group) => ({
      purpose: `CloudWatch decrypt ${group}`,
      ...SERVICE,
      action: "kms:Decrypt",
      context: logs(group),
    })),
    { purpose: "CloudWatch decrypt what is no log", ...SERVICE, action: "kms:Decrypt", context: {} },
    {
      purpose: "CloudWatch of another region decrypt",
      ...SERVICE,
      by: "logs.eu-west-1.amazonaws.com",
      action: "kms:Decrypt",
      context: logs("/aws/eks/demo/cluster"),
    },
    { purpose: "CloudWatch grant it", ...SERVICE, action: "kms:CreateGrant", context: {} },
    { purpose: "whom IAM does not allow it", by: ADMIN, action: "kms:Decrypt", context: {}, iamAllows: false },
    { purpose: "another account decrypt", by: FOREIGN, action: "kms:Decrypt", context: {}, iamAllows: true },
  ],
};

const via = (service: string, { account = ACCOUNT, region = REGION } = {}) => ({
  "kms:CallerAccount": account,
  "kms:ViaService": `${service}.${region}.amazonaws.com`,
});
const granting = (service: string, isForAws = "true") => ({ ...via(service), "kms:GrantIsForAWSResource": isForAws });
const admin = { by: ADMIN, iamAllows: true };
const linkedRole = { by: AUTO_SCALING, iamAllows: false };

export const dataKeyCalls: KeyCalls = {
  allowed: [
    ...["ScheduleKeyDeletion", "PutKeyPolicy", "RotateKeyOnDemand", "RevokeGrant"].map((action) => ({
      purpose: `an admin ${action}`,
      ...admin,
      action: `kms:${action}`,
      context: { "kms:CallerAccount": ACCOUNT },
    })),
    ...["ec2", "ecr", "s3"].flatMap((service) => [
      { purpose: `a caller of ${service} decrypt`, ...admin, action: "kms:Decrypt", context: via(service) },
      { purpose: `a caller of ${service} encrypt`, ...admin, action: "kms:GenerateDataKey", context: via(service) },
      { purpose: `${service} be granted it`, ...admin, action: "kms:CreateGrant", context: granting(service) },
    ]),
    { purpose: "a repository give its grant back", ...admin, action: "kms:RetireGrant", context: via("ecr") },
  ],
  refused: [
    ...["Decrypt", "Encrypt", "GenerateDataKey", "CreateGrant"].map((action) => ({
      purpose: `an admin ${action} without a service`,
      ...admin,
      action: `kms:${action}`,
      context: { "kms:CallerAccount": ACCOUNT },
    })),
    { purpose: "a caller of secretsmanager", ...admin, action: "kms:Decrypt", context: via("secretsmanager") },
    {
      purpose: "a caller of s3 in another region",
      ...admin,
      action: "kms:Decrypt",
      context: via("s3", { region: "eu-west-1" }),
    },
    { purpose: "an admin grant it to somebody", ...admin, action: "kms:CreateGrant", context: granting("s3", "false") },
    { purpose: "grants by secretsmanager", ...admin, action: "kms:CreateGrant", context: granting("secretsmanager") },
    { purpose: "whom IAM does not allow it", ...admin, iamAllows: false, action: "kms:Decrypt", context: via("s3") },
    {
      purpose: "another account decrypt",
      by: FOREIGN,
      iamAllows: true,
      action: "kms:Decrypt",
      context: via("s3", { account: "999988887777" }),
    },
    {
      purpose: "another account administer it",
      by: FOREIGN,
      iamAllows: true,
      action: "kms:PutKeyPolicy",
      context: { "kms:CallerAccount": "999988887777" },
    },
    {
      purpose: "an account that asks through this one's role decrypt",
      ...admin,
      action: "kms:Decrypt",
      context: via("s3", { account: "999988887777" }),
    },
    {
      purpose: "an account that asks through this one's role grant it",
      ...admin,
      action: "kms:CreateGrant",
      context: { ...granting("s3"), "kms:CallerAccount": "999988887777" },
    },
    { purpose: "a role of AWS read a disk", ...linkedRole, action: "kms:Decrypt", context: via("ec2") },
    { purpose: "a role of AWS grant a disk", ...linkedRole, action: "kms:CreateGrant", context: granting("ec2") },
  ],
};
