import { FlowLog } from "@cdktf/provider-aws/lib/flow-log/index.js";
import { Construct } from "constructs";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import { LogGroup } from "./log-group.js";
import type { AccountFacts } from "./policies/facts.js";
import { serviceTrust } from "./policies/trust.js";
import { vpcFlowLogsPolicy } from "./policies/vpc-flow-logs.js";
import { Role } from "./role.js";

export interface FlowLogsProps {
  readonly identity: ClusterIdentity;
  readonly account: AccountFacts;
  readonly vpcId: string;
  readonly retentionDays: number;
  readonly keyArn: string;
}

/** Who talked to whom in the VPC, for those who look into an incident. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { identity, account } = props;
    const log = new LogGroup(this, "log", {
      name: `/aws/vpc/${identity.clusterName}/flows`,
      retentionDays: props.retentionDays,
      keyArn: props.keyArn,
    });
    const role = new Role(this, "role", {
      identity,
      name: "flow-logs",
      description: "Writer of the VPC's flow logs",
      trust: serviceTrust("vpc-flow-logs.amazonaws.com", account),
      policy: vpcFlowLogsPolicy(log.arn),
    });
    new FlowLog(this, "Default", {
      vpcId: props.vpcId,
      trafficType: "ALL",
      logDestination: log.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
      tags: { Name: identity.resourceName("flows") },
      dependsOn: [...role.permissions],
    });
  }
}
