import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity/index.js";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition/index.js";
import { Construct } from "constructs";
import type { AccountFacts } from "./policies/facts.js";

/** The account that Terraform works in, which it alone knows. */
export class Account extends Construct {
  readonly facts: AccountFacts;

  constructor(scope: Construct, id: string, props: Pick<AccountFacts, "region" | "clusterName">) {
    super(scope, id);
    this.facts = {
      ...props,
      accountId: new DataAwsCallerIdentity(this, "caller").accountId,
      partition: new DataAwsPartition(this, "partition").partition,
    };
  }
}
