import { TerraformStack, type TerraformElement } from "cdktf";
import type { Construct, Node } from "constructs";
import type { EksClusterConfig } from "../src/config/cluster-config.js";
import { IdentityProvider } from "../src/eks/identity-provider.js";
import { addAwsProvider } from "./aws-provider.js";
import { logicalId } from "./logical-id.js";
import { configureTerraform, type StackLocation } from "./terraform-settings.js";

export interface EksIdentityStackProps extends StackLocation {
  readonly config: EksClusterConfig;
}

/** What makes the API server take kubernetes-auth's tokens. EKS asks the issuer at once: it must run by then. */
export class EksIdentityStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: EksIdentityStackProps) {
    super(scope, id);
    const { config } = props;
    configureTerraform(this, config, props, "aws");
    addAwsProvider(this, config);
    new IdentityProvider(this, "identity-provider", { clusterName: config.name, issuerUrl: config.issuerUrl });
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    return logicalId(element);
  }
}
