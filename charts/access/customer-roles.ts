import { k8s } from "cdk8s-plus-27";
import { Construct } from "constructs";
import { ownerLabels } from "../shared/labels.js";
import { clusterOfUsers, servicesOfUsers, workloadsOfUsers, type Rights } from "./customer-rights.js";

const READ = ["get", "list", "watch"];
const CHANGE = ["create", "delete", "deletecollection", "patch", "update"];
const AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-";
/** Kubernetes' own label, and the one of our role for editors of the whole cluster. */
const toView = { [`${AGGREGATE}view`]: "true" };
const toEdit = { [`${AGGREGATE}edit`]: "true", [`${AGGREGATE}admin`]: "true" };
const toClusterEdit = { [`${AGGREGATE}rackspace-edit`]: "true" };
const toClusterView = { [`${AGGREGATE}rackspace-view`]: "true" };

/**
 * Roles for users. Within a namespace of theirs, bind Kubernetes' `view`, `edit` or `admin`: here they get the custom
 * resources of managed services too. Across the cluster, bind `rackspace:view` or `rackspace:edit`: neither reads a Secret,
 * whatever namespaces there are.
 */
export class CustomerRoles extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.addRights("view-services", servicesOfUsers, READ, toView);
    this.addRights("edit-services", servicesOfUsers, CHANGE, { ...toEdit, ...toClusterEdit });
    this.addRights("view-cluster", clusterOfUsers, READ, toClusterView);
    this.addRights("edit-workloads", workloadsOfUsers, CHANGE, toClusterEdit);
    this.addAggregate("view", [toView, toClusterView]);
    this.addAggregate("edit", [toView, toClusterView, toClusterEdit]);
  }

  private addRights(
    name: string,
    rights: readonly Rights[],
    verbs: readonly string[],
    labels: Readonly<Record<string, string>>,
  ): void {
    new k8s.KubeClusterRole(this, name, {
      metadata: { name: `rackspace:${name}`, labels: { ...ownerLabels, ...labels } },
      rules: rights.map(({ apiGroups, resources }) => ({
        apiGroups: [...apiGroups],
        resources: [...resources],
        verbs: [...verbs],
      })),
    });
  }

  /** Its rules are the controller's to write, and stand nowhere here. */
  private addAggregate(name: string, selectors: readonly Readonly<Record<string, string>>[]): void {
    new k8s.KubeClusterRole(this, name, {
      metadata: { name: `rackspace:${name}`, labels: ownerLabels },
      aggregationRule: { clusterRoleSelectors: selectors.map((matchLabels) => ({ matchLabels })) },
    });
  }
}
