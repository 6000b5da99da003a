import { describe, expect, it } from "@jest/globals";
import { eksCluster } from "../support/clusters.js";
import { clusterStack, resource } from "../support/synthesized.js";

const stack = clusterStack(eksCluster({ provider: { logRetentionDays: 90 } }));

describe("the VPC's flow logs", () => {
  it("tell of all traffic of the VPC, what was refused and what passed, by the minute", () => {
    expect(resource(stack, "aws_flow_log", "flow-logs")).toMatchObject({
      vpc_id: "${aws_vpc.vpc.id}",
      traffic_type: "ALL",
      max_aggregation_interval: 60,
      log_destination: "${aws_cloudwatch_log_group.flow-logs_log.arn}",
      iam_role_arn: "${aws_iam_role.flow-logs_role.arn}",
    });
  });

  it("are kept as long as the configuration says, encrypted with the cluster's key", () => {
    expect(resource(stack, "aws_cloudwatch_log_group", "flow-logs_log")).toMatchObject({
      name: "/aws/vpc/demo/flows",
      retention_in_days: 90,
      kms_key_id: "${aws_kms_key.control-plane-key.arn}",
    });
  });

  it("are written by a role that only flow logs of this account take, into that one log group", () => {
    const { Statement: trust } = JSON.parse(
      String(resource(stack, "aws_iam_role", "flow-logs_role")["assume_role_policy"]),
    ) as { Statement: readonly unknown[] };
    expect(trust).toMatchObject([
      {
        Principal: { Service: ["vpc-flow-logs.amazonaws.com"] },
        Condition: {
          StringEquals: { "aws:SourceAccount": ["${data.aws_caller_identity.account_caller.account_id}"] },
        },
      },
    ]);
    const { Statement: policy } = JSON.parse(
      String(resource(stack, "aws_iam_role_policy", "flow-logs_role_policy")["policy"]),
    ) as { Statement: readonly { Action: readonly string[]; Resource: readonly string[] }[] };
    const writing = policy.filter(({ Action }) => Action.includes("logs:PutLogEvents"));
    expect(writing.flatMap(({ Resource }) => Resource)).toEqual([
      "${aws_cloudwatch_log_group.flow-logs_log.arn}",
      "${aws_cloudwatch_log_group.flow-logs_log.arn}:*",
    ]);
  });
});
