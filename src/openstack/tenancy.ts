import { BlockstorageQuotasetV3 } from "@cdktf/provider-openstack/lib/blockstorage-quotaset-v3";
import { ComputeQuotasetV2 } from "@cdktf/provider-openstack/lib/compute-quotaset-v2";
import { DataOpenstackIdentityRoleV3 } from "@cdktf/provider-openstack/lib/data-openstack-identity-role-v3";
import { IdentityProjectV3 } from "@cdktf/provider-openstack/lib/identity-project-v3";
import { IdentityRoleAssignmentV3 } from "@cdktf/provider-openstack/lib/identity-role-assignment-v3";
import { IdentityRoleV3 } from "@cdktf/provider-openstack/lib/identity-role-v3";
import { IdentityUserV3 } from "@cdktf/provider-openstack/lib/identity-user-v3";
import { LbQuotaV2 } from "@cdktf/provider-openstack/lib/lb-quota-v2";
import { NetworkingQuotaV2 } from "@cdktf/provider-openstack/lib/networking-quota-v2";
import { Construct } from "constructs";
import type { Quotas } from "../config/cluster-config.js";
import { identifier } from "../lib/identifier.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";

const MIB_PER_GIB = 1024;

export interface TenancyProps {
  readonly identity: ClusterIdentity;
  /** Name of the project that owns the cluster. */
  readonly project: string;
  /** Name of the service account. */
  readonly user: string;
  /** Password of the service account: an expression, never the text itself. */
  readonly password: string;
  /** Names of roles that the service account gets in the project. */
  readonly roles: readonly string[];
  /** Keystone role whose members administer the cluster; it is made here. */
  readonly adminRole: string;
  readonly quotas: Quotas;
  /** Whether the cloud has Octavia, and so quotas of load balancers. */
  readonly octavia: boolean;
}

/** Who owns a cluster: a project with quotas, its service account, and the role of the cluster's administrators. */
export class Tenancy extends Construct {
  readonly projectId: string;
  readonly userId: string;
  readonly adminRoleId: string;

  constructor(scope: Construct, id: string, props: TenancyProps) {
    super(scope, id);
    const { identity } = props;
    const project = new IdentityProjectV3(this, "project", {
      name: props.project,
      description: identity.description("Project"),
      tags: identity.tags(),
    });
    const user = new IdentityUserV3(this, "user", {
      name: props.user,
      description: identity.description("Service account"),
      defaultProjectId: project.id,
      password: props.password,
      // A service account that must change its password, or that others can lock out, stops the cluster.
      ignoreChangePasswordUponFirstUse: true,
      ignorePasswordExpiry: true,
      ignoreLockoutFailureAttempts: true,
    });
    for (const name of props.roles) {
      const role = new DataOpenstackIdentityRoleV3(this, `role-${identifier(name)}`, { name });
      new IdentityRoleAssignmentV3(this, `assignment-${identifier(name)}`, {
        projectId: project.id,
        userId: user.id,
        roleId: role.id,
      });
    }
    this.projectId = project.id;
    this.userId = user.id;
    this.adminRoleId = new IdentityRoleV3(this, "admin-role", { name: props.adminRole }).id;
    this.limit(props);
  }

  private limit({ quotas, octavia }: TenancyProps): void {
    const { projectId } = this;
    new ComputeQuotasetV2(this, "compute-quota", {
      projectId,
      instances: quotas.instances,
      ...(quotas.cores !== undefined && { cores: quotas.cores }),
      ...(quotas.ramGiB !== undefined && { ram: mebibytes(quotas.ramGiB) }),
    });
    new BlockstorageQuotasetV3(this, "volume-quota", {
      projectId,
      volumes: quotas.volumes,
      ...(quotas.volumesGiB !== undefined && { gigabytes: quotas.volumesGiB }),
      ...(quotas.snapshots !== undefined && { snapshots: quotas.snapshots }),
    });
    new NetworkingQuotaV2(this, "network-quota", {
      projectId,
      floatingip: quotas.floatingIps,
      port: quotas.ports,
      securityGroup: quotas.securityGroups,
      securityGroupRule: quotas.securityGroupRules,
    });
    if (octavia) new LbQuotaV2(this, "load-balancer-quota", { projectId, loadbalancer: quotas.loadBalancers });
  }
}

/** -1 stays what it is: no limit. */
function mebibytes(gibibytes: number): number {
  return gibibytes < 0 ? gibibytes : gibibytes * MIB_PER_GIB;
}
