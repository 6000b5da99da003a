import { describe, expect, it } from "@jest/globals";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resourcesOf } from "../support/synthesized.js";

const credentialsOf = (provider: BootstrapChanges["provider"] = {}) =>
  Object.values(
    resourcesOf(clusterStack(openStackCluster({ provider })), "openstack_identity_application_credential_v3"),
  );
const tenancy = { manage: true, adminCloud: "admin" };

describe("the cluster's application credentials", () => {
  it.each<[string, BootstrapChanges["provider"]]>([
    ["with a managed tenancy", { tenancy }],
    ["without one", {}],
  ])("cannot make further ones, %s", (_title, provider) => {
    expect(credentialsOf(provider).map((credential) => credential["unrestricted"])).toEqual([false, false]);
  });

  it.each<[string, BootstrapChanges["provider"], readonly string[]]>([
    ["those that the tenancy gives", { tenancy }, ["member", "load-balancer_member"]],
    ["fewer without Octavia", { tenancy, octavia: false }, ["member"]],
    ["those of the configuration", { tenancy: { ...tenancy, roles: ["operator"] } }, ["operator"]],
  ])("have these roles: %s", (_title, provider, roles) => {
    expect(credentialsOf(provider)).toMatchObject([
      { name: "demo-cloud", roles },
      { name: "demo-etcd-backup", roles },
    ]);
  });

  it("have all of the service account's roles where KaaS does not know them", () => {
    for (const credential of credentialsOf()) expect(credential).not.toHaveProperty("roles");
  });

  it("are given no secret: Keystone makes one up", () => {
    for (const credential of credentialsOf()) expect(credential).not.toHaveProperty("secret");
  });

  it("are one alone where no snapshots are stored", () => {
    const stack = clusterStack(openStackCluster({ services: { backup: { enabled: false } } }));
    const credentials = resourcesOf(stack, "openstack_identity_application_credential_v3");
    expect(Object.values(credentials).map(({ name }) => name)).toEqual(["demo-cloud"]);
  });
});
