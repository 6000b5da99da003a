import { ACCOUNT, demo, other, REGION } from "../../../eks/policies/support/documents.js";
import { call, calls, inBucket, looks, type ServiceCalls } from "./calls.js";

const ofAccount = { "kms:CallerAccount": ACCOUNT };
const key = { resource: demo.controlPlaneKeyArn, context: ofAccount };
const stream = (logGroupArn: string) => ({ resource: `${logGroupArn}:log-stream:eni-1` });
const theApiServersLog = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/aws/eks/demo/cluster`;

/** What EKS does with its role beside what Amazon's own policy says. */
export const controlPlaneCalls: ServiceCalls = {
  allowed: calls("a Secret", ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ListGrants"], key),
  refused: [
    ...calls("with another cluster's key", ["kms:Decrypt", "kms:Encrypt"], {
      resource: other.controlPlaneKeyArn,
      context: ofAccount,
    }),
    call("read volumes", "kms:Decrypt", { resource: demo.dataKeyArn, context: ofAccount }),
    call("grant the key", "kms:CreateGrant", key),
    call("disable the key", "kms:DisableKey", key),
    call("read backups", "s3:GetObject", inBucket(`${demo.veleroBucketArn}/x`)),
  ],
};

export const flowLogsCalls: ServiceCalls = {
  allowed: [
    ...looks("logs:DescribeLogGroups"),
    ...calls("a line", ["logs:CreateLogStream", "logs:PutLogEvents"], stream(demo.logGroupArn)),
    call("find its streams", "logs:DescribeLogStreams", { resource: demo.logGroupArn }),
  ],
  refused: [
    ...calls("another cluster's log", ["logs:CreateLogStream", "logs:PutLogEvents"], stream(other.logGroupArn)),
    call("write to the API server's log", "logs:PutLogEvents", stream(theApiServersLog)),
    call("read the log", "logs:GetLogEvents", stream(demo.logGroupArn)),
    call("delete what was written", "logs:DeleteLogStream", stream(demo.logGroupArn)),
    call("delete the log", "logs:DeleteLogGroup", { resource: demo.logGroupArn }),
    call("keep the log shorter", "logs:PutRetentionPolicy", { resource: demo.logGroupArn }),
  ],
};
