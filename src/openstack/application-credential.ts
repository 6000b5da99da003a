import { IdentityApplicationCredentialV3 } from "@cdktf/provider-openstack/lib/identity-application-credential-v3";
import { Construct } from "constructs";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import { expression } from "../bootstrap/terraform-text.js";

const DESCRIPTIONS = {
  cloud: "Cloud controller and storage driver",
  "etcd-backup": "Snapshots of etcd",
} as const;
export type CredentialPurpose = keyof typeof DESCRIPTIONS;

export interface ApplicationCredentialProps {
  readonly identity: ClusterIdentity;
  /** Part of the credential's name after the cluster's. */
  readonly purpose: CredentialPurpose;
  /** @default - all roles of the service account in its project */
  readonly roles?: readonly string[];
}

/**
 * A credential of the service account for software in the cluster. It belongs to whoever applies the stack, and cannot
 * make further credentials. Its secret is in Terraform's state: protect that as you protect the cluster's keys.
 */
export class ApplicationCredential extends Construct {
  readonly credentialId: string;
  /** Sensitive. */
  readonly secret: string;
  /** Both for texts that Terraform puts together. */
  readonly expressions: { readonly credentialId: string; readonly secret: string };

  constructor(scope: Construct, id: string, props: ApplicationCredentialProps) {
    super(scope, id);
    const credential = new IdentityApplicationCredentialV3(this, "Default", {
      name: props.identity.resourceName(props.purpose),
      description: props.identity.description(DESCRIPTIONS[props.purpose]),
      ...(props.roles !== undefined && { roles: [...props.roles] }),
      unrestricted: false,
    });
    this.credentialId = credential.id;
    this.secret = credential.secret;
    this.expressions = {
      credentialId: expression(`${credential.fqn}.id`),
      secret: expression(`${credential.fqn}.secret`),
    };
  }
}
