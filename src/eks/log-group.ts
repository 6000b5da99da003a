import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { Construct } from "constructs";

export interface LogGroupProps {
  readonly name: string;
  /** One of those that CloudWatch knows. */
  readonly retentionDays: number;
  readonly keyArn: string;
}

/** An encrypted log in CloudWatch. Made before who writes to it, who would make one that is kept for ever. */
export class LogGroup extends Construct {
  readonly arn: string;
  readonly resource: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, props: LogGroupProps) {
    super(scope, id);
    this.resource = new CloudwatchLogGroup(this, "Default", {
      name: props.name,
      retentionInDays: props.retentionDays,
      kmsKeyId: props.keyArn,
    });
    this.arn = this.resource.arn;
  }
}
