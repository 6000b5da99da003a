import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import type { TerraformStack } from "cdktf";
import type { EksClusterConfig } from "../src/config/cluster-config.js";
import { ClusterIdentity } from "../src/config/cluster-identity.js";

/** The account's API. Credentials are read when Terraform runs, as the AWS command line does. */
export function addAwsProvider(stack: TerraformStack, { name, tags, provider }: EksClusterConfig): void {
  new AwsProvider(stack, "aws", {
    region: provider.region,
    ...(provider.accountId !== undefined && { allowedAccountIds: [provider.accountId] }),
    defaultTags: [{ tags: new ClusterIdentity(name, tags).metadata() }],
  });
}
