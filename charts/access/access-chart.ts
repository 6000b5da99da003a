import { Chart } from "cdk8s";
import { k8s } from "cdk8s-plus-27";
import type { Construct } from "constructs";
import { isOnOpenStack, type Cluster } from "../../src/config/cluster-outputs.js";
import { ownerLabels } from "../shared/labels.js";
import { CustomerRoles } from "./customer-roles.js";
import { OPERATORS_GROUP } from "./operators.js";

const RBAC = "rbac.authorization.k8s.io";

/** Who has which rights in the cluster. */
export class AccessChart extends Chart {
  constructor(scope: Construct, id: string, cluster: Cluster) {
    super(scope, id);
    this.makeAdministrators("rackspace:default-cluster-admin", adminGroup(cluster));
    // Whoever grants rights must have them: they apply roles of every service.
    this.makeAdministrators("rackspace:operators", OPERATORS_GROUP);
    new CustomerRoles(this, "customer-roles");
  }

  private makeAdministrators(name: string, group: string): void {
    new k8s.KubeClusterRoleBinding(this, name.replace("rackspace:", ""), {
      metadata: { name, labels: ownerLabels },
      roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: "cluster-admin" },
      subjects: [{ apiGroup: RBAC, kind: "Group", name: group }],
    });
  }
}

/** The group whose members administer the cluster: kubernetes-auth gives Keystone's roles by id, and others by name. */
function adminGroup(cluster: Cluster): string {
  return isOnOpenStack(cluster) ? cluster.outputs.adminRoleId : cluster.config.access.adminRole;
}
