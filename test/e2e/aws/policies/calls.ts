import { ACCOUNT, demo, other, REGION } from "../../../eks/policies/support/documents.js";
import type { ClusterParts } from "../../../eks/policies/support/documents.js";
import type { IamRequest } from "../../support/iam-simulator.js";

/** Why what is said of an encryption context goes unchecked. */
export const ENCRYPTION_CONTEXT = "the simulator does not know names that are the key's own after a colon";

type Context = NonNullable<IamRequest["context"]>;

/** One thing that a call touches. */
export type Target = Pick<IamRequest, "resource" | "context" | "unchecked">;

/** A call to AWS: IAM must allow it on all that it touches. */
export interface Call {
  /** What it means, after "may" or "may not". */
  readonly purpose: string;
  readonly action: string;
  readonly on: readonly Target[];
}

/** What a service's documentation lists that it calls, and what it has no business with. */
export interface ServiceCalls {
  readonly allowed: readonly Call[];
  readonly refused: readonly Call[];
}

export function call(purpose: string, action: string, ...on: readonly Target[]): Call {
  return { purpose, action, on };
}

/** Calls that only look, and that AWS narrows to nothing. */
export function looks(...actions: readonly string[]): readonly Call[] {
  return actions.map((action) => call(`call ${action}`, action, { resource: "*" }));
}

/** The same calls on the same thing. */
export function calls(what: string, actions: readonly string[], ...on: readonly Target[]): readonly Call[] {
  return actions.map((action) => call(`${action} ${what}`, action, ...on));
}

export function ec2(resource: string, context: Context = {}): Target {
  // Snapshots have no account in their names.
  const account = resource.startsWith("snapshot/") ? "" : ACCOUNT;
  return { resource: `arn:aws:ec2:${REGION}:${account}:${resource}`, context };
}

/** Tags that a thing has, and those that the call sets: what IAM calls them. */
export function tagged(tags: Readonly<Record<string, string>>): Context {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}
export function setting(tags: Readonly<Record<string, string>>): Context {
  return {
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    "aws:TagKeys": Object.keys(tags),
  };
}

/** A thing of the cluster, as EKS and the storage driver tag it. */
export function ownedBy({ facts: { clusterName } }: ClusterParts) {
  return { [`kubernetes.io/cluster/${clusterName}`]: "owned" };
}

/** A key as a service uses it, for somebody of the account. */
export function keyThrough(service: string, resource: string, context: Context = {}, region = REGION): Target {
  const caller = { "kms:CallerAccount": ACCOUNT, "kms:ViaService": `${service}.${region}.amazonaws.com` };
  return { resource, context: { ...caller, ...context } };
}

/** How services reach a bucket: in this account, and as the bucket asks for. */
export function inBucket(resource: string, context: Context = {}): Target {
  const good = { "aws:SecureTransport": "true", "s3:TlsVersion": "1.3", "aws:ResourceAccount": ACCOUNT };
  return { resource, context: { ...good, ...context } };
}

/** A key as S3 uses it for objects of a bucket, which it names to KMS. */
export function keyForObjects(resource: string, bucketArn: string, service = "s3", region = REGION): Target {
  return {
    ...keyThrough(service, resource, { "kms:EncryptionContext:aws:s3:arn": bucketArn }, region),
    unchecked: ENCRYPTION_CONTEXT,
  };
}

/** What is the control plane's alone. */
export const decryptSecrets = call("decrypt Secrets", "kms:Decrypt", {
  resource: demo.controlPlaneKeyArn,
  context: { "kms:CallerAccount": ACCOUNT },
});

/** What no service of the cluster has any business with. */
export const neverAllowed: readonly Call[] = [
  call("hand a role to something", "iam:PassRole", { resource: `arn:aws:iam::${ACCOUNT}:role/demo-nodes` }),
  call("give itself a policy", "iam:AttachRolePolicy", { resource: `arn:aws:iam::${ACCOUNT}:role/demo-velero` }),
  call("take another role", "sts:AssumeRole", { resource: `arn:aws:iam::${ACCOUNT}:role/demo-velero` }),
  call("delete the cluster's key", "kms:ScheduleKeyDeletion", { resource: demo.dataKeyArn }),
  call("change who may use the key", "kms:PutKeyPolicy", { resource: demo.dataKeyArn }),
  call("decrypt with the key itself", "kms:Decrypt", {
    resource: demo.dataKeyArn,
    context: { "kms:CallerAccount": ACCOUNT },
  }),
  call("decrypt another cluster's data", "kms:Decrypt", keyThrough("ec2", other.dataKeyArn)),
  call("end an instance", "ec2:TerminateInstances", ec2("instance/i-1", tagged(ownedBy(demo)))),
  call("start an instance", "ec2:RunInstances", ec2("instance/*")),
  call("delete the cluster", "eks:DeleteCluster", { resource: `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/demo` }),
  call("let somebody into the cluster", "eks:CreateAccessEntry", {
    resource: `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/demo`,
  }),
  call("delete a bucket", "s3:DeleteBucket", inBucket(demo.veleroBucketArn)),
  call("open a bucket", "s3:PutBucketPolicy", inBucket(demo.veleroBucketArn)),
  call("see what buckets there are", "s3:ListAllMyBuckets", { resource: "*" }),
];
