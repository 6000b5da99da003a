import { isOpenStack, type ClusterConfig, type EksClusterConfig } from "../../src/config/cluster-config.js";
import { OPERATORS_GROUP } from "../access/operators.js";
import { managedNamespaceNames } from "../../src/config/managed-namespaces.js";
import { text, texts } from "../shared/cel.js";

/** Who looks after a cluster, as its API server names them. */
export interface Identities {
  readonly users: readonly string[];
  /** Beginnings of users' names. */
  readonly userPrefixes: readonly string[];
  readonly groups: readonly string[];
}

/** Operators, and the platform's own programs: those that policies of managed namespaces let pass. */
export function platformIdentities(config: ClusterConfig): Identities {
  return {
    users: ["system:apiserver", "system:kube-controller-manager", "system:kube-scheduler"],
    userPrefixes: [
      "system:node:",
      ...managedNamespaceNames(config).map((namespace) => `system:serviceaccount:${namespace}:`),
      ...(isOpenStack(config) ? [] : amazonUserPrefixes(config)),
    ],
    groups: [
      OPERATORS_GROUP,
      // kube-vip holds its lease as one while the first controller comes up; RBAC knows no bounds for them anyway.
      "system:masters",
      ...(isOpenStack(config) ? ["kubeadm:cluster-admins"] : []),
    ],
  };
}

/**
 * Amazon's own controllers, and sessions of the IAM roles that administer the cluster: those sign in with no group.
 * Source: docs.aws.amazon.com/eks/latest/userguide/default-roles-users.html, creating-access-entries.html
 */
function amazonUserPrefixes({ provider }: EksClusterConfig): readonly string[] {
  return ["eks:", ...provider.adminRoleArns.map(sessionPrefix)];
}

/** `arn:aws:iam::123456789012:role/deployment/kaas` gives `arn:aws:sts::123456789012:assumed-role/kaas/`: a path is left out. */
function sessionPrefix(roleArn: string): string {
  const [, partition = "", , , account = "", role = ""] = roleArn.split(":");
  return `arn:${partition}:sts::${account}:assumed-role/${role.split("/").at(-1) ?? ""}/`;
}

/** In CEL: whether one of them asks. */
export function asksOneOf({ users, userPrefixes, groups }: Identities): string {
  const user = "request.userInfo.username";
  return [
    `${user} in ${texts(users)}`,
    ...userPrefixes.map((prefix) => `${user}.startsWith(${text(prefix)})`),
    `request.userInfo.groups.exists(group, group in ${texts(groups)})`,
  ].join(" || ");
}
