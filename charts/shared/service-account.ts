import { k8s } from "cdk8s-plus-27";
import { Construct } from "constructs";
import { ownerLabels } from "./labels.js";

/** What a workload may ask of the Kubernetes API. */
export interface Rights {
  /** In the whole cluster. @default - nothing */
  readonly cluster?: readonly k8s.PolicyRule[];
  /** In a namespace alone, by its name. @default - nothing */
  readonly namespaces?: Readonly<Record<string, readonly k8s.PolicyRule[]>>;
  /** ClusterRoles that Kubernetes has, by name. @default - none */
  readonly clusterRoles?: readonly string[];
  /** Roles of other namespaces that Kubernetes has, by namespace. @default - none */
  readonly roles?: Readonly<Record<string, string>>;
}

export interface ServiceAccountProps {
  readonly namespace: string;
  readonly name: string;
  /** @default - none: its pods get no token */
  readonly rights?: Rights;
}

/** Who a workload's pods are to the Kubernetes API. */
export class ServiceAccount extends Construct {
  readonly name: string;
  readonly hasRights: boolean;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ServiceAccountProps,
  ) {
    super(scope, id);
    const { namespace, name, rights } = props;
    this.name = name;
    this.hasRights = rights !== undefined;
    new k8s.KubeServiceAccount(this, "account", {
      metadata: { name, namespace, labels: ownerLabels },
      automountServiceAccountToken: false,
    });
    if (rights === undefined) return;
    const { cluster, namespaces = {}, clusterRoles = [], roles = {} } = rights;
    if (cluster !== undefined) {
      const roleName = `rackspace:${name}`;
      new k8s.KubeClusterRole(this, "role", {
        metadata: { name: roleName, labels: ownerLabels },
        rules: [...cluster],
      });
      this.bindClusterRole("binding", roleName, roleName);
    }
    for (const role of clusterRoles) this.bindClusterRole(`binding-${role}`, `rackspace:${name}:${role}`, role);
    for (const [where, role] of Object.entries(roles)) this.bindRole(where, `rackspace:${name}:${role}`, role);
    for (const [where, rules] of Object.entries(namespaces)) {
      const roleName = `rackspace:${name}`;
      new k8s.KubeRole(this, `role-${where}`, {
        metadata: { name: roleName, namespace: where, labels: ownerLabels },
        rules: [...rules],
      });
      this.bindRole(where, roleName, roleName);
    }
  }

  private bindRole(namespace: string, name: string, role: string): void {
    new k8s.KubeRoleBinding(this, `binding-${namespace}-${role}`, {
      metadata: { name, namespace, labels: ownerLabels },
      roleRef: { apiGroup: RBAC, kind: "Role", name: role },
      subjects: this.subjects(),
    });
  }

  private bindClusterRole(id: string, name: string, role: string): void {
    new k8s.KubeClusterRoleBinding(this, id, {
      metadata: { name, labels: ownerLabels },
      roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: role },
      subjects: this.subjects(),
    });
  }

  private subjects(): k8s.Subject[] {
    return [{ kind: "ServiceAccount", name: this.props.name, namespace: this.props.namespace }];
  }
}

const RBAC = "rbac.authorization.k8s.io";
