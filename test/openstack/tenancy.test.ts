import { describe, expect, it } from "@jest/globals";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import { dataSourcesOf, resource, resourcesOf, tenancyStack } from "../support/synthesized.js";

const PROJECT = "${openstack_identity_project_v3.tenancy_project.id}";
const USER = "${openstack_identity_user_v3.tenancy_user.id}";

function stackOf(tenancy: Readonly<Record<string, unknown>> = {}, changes: BootstrapChanges = {}) {
  const provider = { ...changes.provider, tenancy: { manage: true, adminCloud: "admin", ...tenancy } };
  return tenancyStack(openStackCluster({ ...changes, provider }));
}

describe("the service account", () => {
  const user = resource(stackOf(), "openstack_identity_user_v3", "tenancy_user");

  it("is named for the cluster, as its project is", () => {
    expect(user).toMatchObject({ name: "demo-kaas", default_project_id: PROJECT });
    expect(resource(stackOf(), "openstack_identity_project_v3", "tenancy_project")["name"]).toBe("demo");
  });

  it("and the project take other names when told", () => {
    const stack = stackOf({ project: "Platform / demo", user: "robot" });
    expect(resource(stack, "openstack_identity_user_v3", "tenancy_user")["name"]).toBe("robot");
    expect(resource(stack, "openstack_identity_project_v3", "tenancy_project")["name"]).toBe("Platform / demo");
  });

  it("has its password by reference only", () => {
    expect(user["password"]).toBe("${var.service_account_password}");
  });

  it("is never stopped by expiry, first use or failed sign-ins of others", () => {
    expect(user).toMatchObject({
      ignore_password_expiry: true,
      ignore_change_password_upon_first_use: true,
      ignore_lockout_failure_attempts: true,
    });
  });

  it("gets each role in the project, and in nothing else", () => {
    const stack = stackOf({ roles: ["member", "operator"] });
    expect(dataSourcesOf(stack, "openstack_identity_role_v3")).toMatchObject({
      "tenancy_role-member": { name: "member" },
      "tenancy_role-operator": { name: "operator" },
    });
    expect(
      Object.values(resourcesOf(stack, "openstack_identity_role_assignment_v3")).map(
        ({ "//": _origin, ...assignment }) => assignment,
      ),
    ).toEqual(
      ["member", "operator"].map((role) => ({
        project_id: PROJECT,
        user_id: USER,
        role_id: `\${data.openstack_identity_role_v3.tenancy_role-${role}.id}`,
      })),
    );
  });
});

describe("the administrators' role", () => {
  it("is made, and the service account does not get it", () => {
    const stack = stackOf({}, { access: { adminRole: "ops" } });
    expect(resource(stack, "openstack_identity_role_v3", "tenancy_admin-role")["name"]).toBe("ops");
    expect(JSON.stringify(resourcesOf(stack, "openstack_identity_role_assignment_v3"))).not.toContain("admin-role");
  });
});

describe("quotas", () => {
  const limited = stackOf({
    quotas: { instances: 30, cores: -1, ramGiB: 96, volumes: -1, volumesGiB: 2000, snapshots: 0, floatingIps: 9 },
  });

  it("are those of the project", () => {
    const quotas = Object.entries(limited.resource).filter(([type]) => type.includes("quota"));
    expect(quotas).toHaveLength(4);
    for (const [, resources] of quotas) {
      expect(Object.values(resources).map((quota) => quota["project_id"])).toEqual([PROJECT]);
    }
  });

  it("say memory in MiB, as Nova does, and volumes in GiB, as Cinder does", () => {
    expect(resource(limited, "openstack_compute_quotaset_v2", "tenancy_compute-quota")["ram"]).toBe(98_304);
    expect(resource(limited, "openstack_blockstorage_quotaset_v3", "tenancy_volume-quota")["gigabytes"]).toBe(2000);
  });

  it("keep -1, no limit, and 0, nothing", () => {
    expect(resource(limited, "openstack_compute_quotaset_v2", "tenancy_compute-quota")).toMatchObject({
      instances: 30,
      cores: -1,
    });
    expect(resource(limited, "openstack_blockstorage_quotaset_v3", "tenancy_volume-quota")).toMatchObject({
      volumes: -1,
      snapshots: 0,
    });
  });

  it("keep unlimited memory unlimited", () => {
    const stack = stackOf({ quotas: { ramGiB: -1 } });
    expect(resource(stack, "openstack_compute_quotaset_v2", "tenancy_compute-quota")["ram"]).toBe(-1);
  });

  it("leave cores and memory to the cloud when a flavor's size is not known", () => {
    const stack = stackOf({}, { controlPlane: { flavor: "m1.large" } });
    const quota = resource(stack, "openstack_compute_quotaset_v2", "tenancy_compute-quota");
    expect(quota["instances"]).toBe(22);
    expect(quota).not.toHaveProperty("cores");
    expect(quota).not.toHaveProperty("ram");
  });

  it("name the figures of the network", () => {
    const stack = stackOf({ quotas: { floatingIps: 9, ports: 90, securityGroups: 8, securityGroupRules: 80 } });
    expect(resource(stack, "openstack_networking_quota_v2", "tenancy_network-quota")).toMatchObject({
      floatingip: 9,
      port: 90,
      security_group: 8,
      security_group_rule: 80,
    });
  });

  it("limit load balancers only where there is Octavia", () => {
    expect(resource(limited, "openstack_lb_quota_v2", "tenancy_load-balancer-quota")["loadbalancer"]).toBe(20);
    expect(resourcesOf(stackOf({}, { provider: { octavia: false } }), "openstack_lb_quota_v2")).toEqual({});
  });

  it("names what belongs to a role so that Terraform takes it, however the cloud names the role", () => {
    const roles = ["member", "Load Balancer", "a/b", "a-b"];
    const stack = tenancyStack(
      openStackCluster({ provider: { tenancy: { manage: true, adminCloud: "admin", roles } } }),
    );
    const ids = Object.keys(resourcesOf(stack, "openstack_identity_role_assignment_v3"));
    expect(ids).toHaveLength(roles.length);
    expect(ids.filter((id) => !/^[A-Za-z_][A-Za-z0-9_-]*$/.test(id))).toEqual([]);
  });
});
