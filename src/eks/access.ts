import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry/index.js";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association/index.js";
import { Construct } from "constructs";
import { identifier } from "../lib/identifier.js";
import type { ControlPlane } from "./control-plane.js";

export interface AccessProps {
  readonly controlPlane: ControlPlane;
  readonly partition: string;
  /** ARNs of IAM roles that administer the cluster. */
  readonly adminRoleArns: readonly string[];
}

/** Who administers the cluster by a role of AWS. Everybody else signs in at kubernetes-auth. */
export class Access extends Construct {
  constructor(scope: Construct, id: string, props: AccessProps) {
    super(scope, id);
    const { clusterName } = props.controlPlane;
    for (const principalArn of props.adminRoleArns) {
      const administrator = new Construct(this, roleKey(principalArn));
      const entry = new EksAccessEntry(administrator, "Default", { clusterName, principalArn, type: "STANDARD" });
      new EksAccessPolicyAssociation(administrator, "policy", {
        clusterName,
        principalArn: entry.principalArn,
        policyArn: `arn:${props.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
        accessScope: { type: "cluster" },
      });
    }
  }
}

/** `123456789012-platform-admins` */
function roleKey(arn: string): string {
  const [account = "", role = ""] = arn.split(":").slice(-2);
  return identifier(`${account}-${role.slice("role/".length)}`);
}
