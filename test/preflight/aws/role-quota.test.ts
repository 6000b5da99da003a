import { describe, expect, test } from "@jest/globals";
import { roleNames } from "../../../src/preflight/aws/role-names.js";
import { judgeRoleQuota } from "../../../src/preflight/aws/role-quota.js";
import { eksCluster } from "../../support/clusters.js";

const config = eksCluster();
const summary = (used: number, quota = 1000) => ({ ok: true, value: { used, quota } }) as const;
const denied = (permission: string) => ({ ok: false, refusal: { kind: "denied" }, permission }) as const;
const there = (count: number, tags: Readonly<Record<string, string>>, region = "eu-central-1") => {
  const trust = `"arn:aws:eks:${region}:123456789012:cluster/demo"`;
  const names = roleNames(config).slice(0, count);
  return { ok: true, value: new Map(names.map((name) => [name, { tags, trust }])) } as const;
};
const own = { "kaas.cluster": "demo" };
const none = there(0, own);

describe("the quota of IAM roles", () => {
  test.each([
    ["none of them there", 991, none, "ok", "needs 9, 991 of 1000 in use"],
    ["none of them there", 992, none, "failure", "needs 9, 992 of 1000 in use: 1 too few"],
    ["all of them there", 1000, there(9, own), "ok", "needs 9, 9 of them there, 1000 of 1000 in use"],
    ["one missing", 1000, there(8, own), "failure", "needs 9, 8 of them there, 1000 of 1000 in use: 1 too few"],
    ["others' of the names", 1000, there(9, {}), "failure", "needs 9, 1000 of 1000 in use: 9 too few"],
    ["another region's", 1000, there(9, own, "us-east-1"), "failure", "needs 9, 1000 of 1000 in use: 9 too few"],
  ])("with %s, and %i of 1000 in use", (_what, used, roles, state, message) => {
    expect(judgeRoleQuota(config, summary(used), roles)).toMatchObject({ state, message, path: ["services"] });
  });

  test("needs no role for a service that is off", () => {
    const services = { backup: { enabled: false }, registry: { enabled: false } };
    expect(judgeRoleQuota(eksCluster({ services }), summary(1), none).message).toMatch(/^needs 7, /);
  });

  test("is raised in the partition's home region", () => {
    expect(judgeRoleQuota(config, summary(1000), none)).toMatchObject({
      expected: "a quota of at least 1009",
      remedy: expect.stringContaining(
        "--region us-east-1 --service-code iam --quota-code L-FE177D64 --desired-value 1009",
      ),
    });
  });

  test("counts roles that tell no region as the cluster's: a re-run does not fail for them", () => {
    const roles = new Map(roleNames(config).map((name) => [name, { tags: own, trust: "" }]));
    expect(judgeRoleQuota(config, summary(1000), { ok: true, value: roles })).toMatchObject({ state: "ok" });
  });

  test("that IAM does not tell is unknown, and names the right to ask", () => {
    expect(judgeRoleQuota(config, denied("iam:GetAccountSummary"), none)).toMatchObject({
      state: "unknown",
      message: "needs 9; the quota is not known: AWS denies the question",
      expected: "the right to iam:GetAccountSummary",
    });
  });

  test("needs to know the cluster's own only where there is not room for all", () => {
    expect(judgeRoleQuota(config, summary(991), denied("iam:GetRole"))).toMatchObject({ state: "ok" });
    expect(judgeRoleQuota(config, summary(992), denied("iam:GetRole"))).toMatchObject({
      state: "unknown",
      expected: "the right to iam:GetRole",
    });
  });
});
