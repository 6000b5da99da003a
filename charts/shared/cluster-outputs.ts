import { isOpenStack, type ClusterConfig } from "../../src/config/cluster-config.js";

/** What Terraform alone knows of a cluster, and charts say. */
export interface ClusterOutputs {
  /** Id of the Keystone role of the cluster's administrators: the tenancy's output `admin_role_id`. */
  readonly adminRoleId: string;
}

/**
 * They stand in manifests that are synthesized before Terraform has been applied, so that these can be read and checked. No
 * Keystone makes such an id: what is granted to it is granted to nobody.
 */
export const placeholderOutputs: ClusterOutputs = { adminRoleId: "placeholder:admin_role_id" };

/** The group whose members administer the cluster: kubernetes-auth gives Keystone's roles by id, and others by name. */
export function adminGroup(config: ClusterConfig, { adminRoleId }: ClusterOutputs): string {
  return isOpenStack(config) ? adminRoleId : config.access.adminRole;
}
