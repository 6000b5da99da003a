import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import { policyDocument, type Statement } from "./policies/policy-document.js";

export interface RoleProps {
  readonly identity: ClusterIdentity;
  /** The role is named `<cluster>-<name>`, and an account has one of a name in all its regions together. */
  readonly name: string;
  /** Completes "… of Kubernetes cluster <name>". */
  readonly description: string;
  /** Who may take it. */
  readonly trust: readonly Statement[];
  /** ARNs of policies that Amazon maintains. @default - none */
  readonly managedPolicyArns?: readonly string[];
  /** What it may do beside those. @default - nothing */
  readonly policy?: readonly Statement[];
}

/** A role of IAM with what it may do. */
export class Role extends Construct {
  readonly arn: string;
  /** Whoever takes the role can do its work once these are there. */
  readonly permissions: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    const { identity, managedPolicyArns = [] } = props;
    const role = new IamRole(this, "Default", {
      name: identity.resourceName(props.name),
      description: identity.description(props.description),
      assumeRolePolicy: policyDocument(props.trust),
    });
    const attachments = managedPolicyArns.map(
      (policyArn) =>
        new IamRolePolicyAttachment(this, policyArn.slice(policyArn.lastIndexOf("/") + 1), {
          role: role.name,
          policyArn,
        }),
    );
    const own =
      props.policy === undefined
        ? []
        : [
            new IamRolePolicy(this, "policy", {
              role: role.name,
              name: props.name,
              policy: policyDocument(props.policy),
            }),
          ];
    this.arn = role.arn;
    this.permissions = [...attachments, ...own];
  }
}

/** A policy that Amazon maintains. */
export function managedPolicyArn(partition: string, name: string): string {
  return `arn:${partition}:iam::aws:policy/${name}`;
}
