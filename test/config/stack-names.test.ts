import { describe, expect, it } from "@jest/globals";
import { stackNamesOf } from "../../src/config/stack-names.js";
import { eks, openStack } from "../support/bootstraps.js";

describe("the stacks of a cluster, in the order in which they are applied", () => {
  it("are its own on OpenStack", () => {
    expect(stackNamesOf(openStack())).toEqual(["demo"]);
  });

  it("begin with the tenancy, which makes the account that the cluster is applied with", () => {
    const tenancy = { manage: true, adminCloud: "admin" };
    expect(stackNamesOf(openStack({ provider: { tenancy } }))).toEqual(["demo-tenancy", "demo"]);
  });

  it("end with the identity on EKS, which the issuer in the cluster must answer for", () => {
    expect(stackNamesOf(eks())).toEqual(["demo", "demo-identity"]);
  });

  it.each(["demo-tenancy", "demo-identity"])("leave no cluster the name %s", (name) => {
    for (const cluster of [eks, openStack]) expect(() => cluster({ cluster: { name } })).toThrow("another name");
  });
});
