import { describe, expect, it } from "@jest/globals";
import { eksCluster, type BootstrapChanges } from "../support/clusters.js";
import { resource, synthesizeToJson } from "../support/synthesized.js";

const issuerOf = (changes: BootstrapChanges = {}) => {
  const stack = synthesizeToJson(eksCluster(changes)).get("demo-identity");
  if (stack === undefined) throw new Error("no stack of the issuer");
  return resource(stack, "aws_eks_identity_provider_config", "identity-provider");
};

describe("the issuer of users' tokens", () => {
  it("is the cluster's own kubernetes-auth, where that is hosted in the cluster", () => {
    expect(issuerOf()).toMatchObject({
      cluster_name: "demo",
      oidc: { issuer_url: "https://kubernetes-auth.demo.example.com" },
    });
  });

  it("is the environment's kubernetes-auth, where one serves many clusters", () => {
    const auth = { mode: "external", url: "https://auth.example.com" };
    expect(issuerOf({ auth })["oidc"]).toMatchObject({ issuer_url: "https://auth.example.com" });
  });

  it("gives tokens for Kubernetes, in which users are known by their subject and groups by name", () => {
    expect(issuerOf()["oidc"]).toMatchObject({
      client_id: "kubernetes",
      username_claim: "preferred_username",
      groups_claim: "groups",
      // As on OpenStack: without it the issuer's address would stand before every name.
      username_prefix: "-",
    });
  });
});
