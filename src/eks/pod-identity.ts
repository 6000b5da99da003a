import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { awsIdentities, type AwsIdentity } from "../config/aws-identities.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import type { ControlPlane } from "./control-plane.js";
import type { AccountFacts } from "./policies/facts.js";
import type { Statement } from "./policies/policy-document.js";
import { podIdentityTrust } from "./policies/trust.js";
import { Role } from "./role.js";

export interface PodIdentityProps {
  readonly identity: ClusterIdentity;
  readonly account: AccountFacts;
  readonly service: AwsIdentity;
  /** ARNs of policies that Amazon maintains. @default - none */
  readonly managedPolicyArns?: readonly string[];
  /** What the pods may do beside those. @default - nothing */
  readonly policy?: readonly Statement[];
}

/** The role of one of the cluster's services, which no other service account can take. */
export class PodIdentity extends Construct {
  readonly roleArn: string;
  /** The service can do its work once these are there. */
  readonly permissions: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PodIdentityProps,
  ) {
    super(scope, id);
    const { identity, account, service, managedPolicyArns, policy } = props;
    const role = new Role(this, "role", {
      identity,
      name: service,
      description: `Service ${service}`,
      trust: podIdentityTrust(account, awsIdentities[service]),
      ...(managedPolicyArns !== undefined && { managedPolicyArns }),
      ...(policy !== undefined && { policy }),
    });
    this.roleArn = role.arn;
    this.permissions = role.permissions;
  }

  /** Name of the service account, within its namespace. */
  get serviceAccount(): string {
    return awsIdentities[this.props.service].name;
  }

  /** Gives the role to the service's pods. An add-on is told its role itself. */
  associate({ clusterName }: ControlPlane): void {
    const { namespace, name } = awsIdentities[this.props.service];
    new EksPodIdentityAssociation(this, "association", {
      clusterName,
      namespace,
      serviceAccount: name,
      roleArn: this.roleArn,
    });
  }
}
