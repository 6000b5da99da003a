import type { Statement } from "./policy-document.js";

/**
 * What the VPC's flow logs may do: write to one log group, which is there already.
 * Source: docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role
 */
export function vpcFlowLogsPolicy(logGroupArn: string): readonly Statement[] {
  return [
    { sid: "FindLogGroups", actions: ["logs:DescribeLogGroups"], resources: ["*"] },
    {
      sid: "WriteToTheLogGroup",
      actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [logGroupArn, `${logGroupArn}:*`],
    },
  ];
}
