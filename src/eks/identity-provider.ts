import { EksIdentityProviderConfig } from "@cdktf/provider-aws/lib/eks-identity-provider-config/index.js";
import { Construct } from "constructs";

export interface IdentityProviderProps {
  readonly clusterName: string;
  /** Address that the issuer's tokens name; Amazon must reach it by a certificate that everybody trusts. */
  readonly issuerUrl: string;
}

/**
 * The issuer whose tokens the API server takes, beside IAM. A cluster has one.
 * Source: docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html
 */
export class IdentityProvider extends Construct {
  constructor(scope: Construct, id: string, props: IdentityProviderProps) {
    super(scope, id);
    new EksIdentityProviderConfig(this, "Default", {
      clusterName: props.clusterName,
      oidc: {
        identityProviderConfigName: "kubernetes-auth",
        issuerUrl: props.issuerUrl,
        clientId: "kubernetes",
        // `sub` is an id.
        usernameClaim: "preferred_username",
        // Else users would be named otherwise than on OpenStack: kubernetes-auth issues no name of the system's.
        usernamePrefix: "-",
        groupsClaim: "groups",
      },
    });
  }
}
