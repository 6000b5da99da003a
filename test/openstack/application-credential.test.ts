import { describe, expect, it } from "@jest/globals";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resourcesOf } from "../support/synthesized.js";

const credentialsOf = (provider: BootstrapChanges["provider"] = {}) =>
  Object.values(
    resourcesOf(clusterStack(openStackCluster({ provider })), "openstack_identity_application_credential_v3"),
  );
const tenancy = { manage: true, adminCloud: "admin" };

describe("the cluster's application credential", () => {
  it.each<[string, BootstrapChanges["provider"]]>([
    ["with a managed tenancy", { tenancy }],
    ["without one", {}],
  ])("cannot make further credentials, %s", (_title, provider) => {
    expect(credentialsOf(provider).map((credential) => credential["unrestricted"])).toEqual([false]);
  });

  it.each<[string, BootstrapChanges["provider"], readonly string[]]>([
    ["those that the tenancy gives", { tenancy }, ["member", "load-balancer_member"]],
    ["fewer without Octavia", { tenancy, octavia: false }, ["member"]],
    ["those of the configuration", { tenancy: { ...tenancy, roles: ["operator"] } }, ["operator"]],
  ])("has these roles: %s", (_title, provider, roles) => {
    expect(credentialsOf(provider)).toMatchObject([{ name: "demo-cloud", roles }]);
  });

  it("has all of the service account's roles where KaaS does not know them", () => {
    expect(credentialsOf()[0]).not.toHaveProperty("roles");
  });

  it("is given no secret: Keystone makes one up", () => {
    expect(credentialsOf()[0]).not.toHaveProperty("secret");
  });
});
