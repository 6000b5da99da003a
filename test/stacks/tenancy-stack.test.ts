import { describe, expect, it } from "@jest/globals";
import { openStackCluster } from "../support/clusters.js";
import { synthesizeToJson, tenancyStack } from "../support/synthesized.js";

const tenancy = { manage: true, adminCloud: "admin" };

describe("the stack of a tenancy", () => {
  const config = openStackCluster({ provider: { tenancy } });
  const stack = tenancyStack(config);

  it("is there only where KaaS makes project and service account", () => {
    expect([...synthesizeToJson(config).keys()]).toEqual(["demo-tenancy", "demo"]);
    expect([...synthesizeToJson(openStackCluster({ provider: { tenancy: { manage: false } } })).keys()]).toEqual([
      "demo",
    ]);
  });

  it("asks for the password as a secret that has no default and cannot be null", () => {
    expect(stack.variable).toEqual({
      service_account_password: {
        type: "string",
        description: expect.any(String) as unknown,
        sensitive: true,
        nullable: false,
      },
    });
  });

  it("gives the password out nowhere", () => {
    expect(JSON.stringify(stack.output)).not.toContain("password");
  });

  it("says what it made", () => {
    expect(Object.fromEntries(Object.entries(stack.output).map(([name, { value }]) => [name, value]))).toEqual({
      project_id: "${openstack_identity_project_v3.tenancy_project.id}",
      service_account_id: "${openstack_identity_user_v3.tenancy_user.id}",
      admin_role_id: "${openstack_identity_role_v3.tenancy_admin-role.id}",
    });
  });

  it("makes nothing but identities and quotas", () => {
    expect(Object.keys(stack.resource).filter((type) => !/_(identity|quota|quotaset)_/.test(type))).toEqual([]);
  });

  it("does not change with the cluster's topology", () => {
    const octavia = openStackCluster({ provider: { tenancy, api: { topology: "octavia" } } });
    expect(tenancyStack(octavia)).toEqual(stack);
  });
});
