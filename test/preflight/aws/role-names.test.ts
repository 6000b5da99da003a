import { describe, expect, test } from "@jest/globals";
import { awsIdentities, type AwsIdentity } from "../../../src/config/aws-identities.js";
import { policyDocument } from "../../../src/eks/policies/policy-document.js";
import { podIdentityTrust, serviceTrust } from "../../../src/eks/policies/trust.js";
import type { IamRole } from "../../../src/preflight/aws/iam-role.js";
import { judgeRoleNames, ownersOf, roleNames, type NamedRoles } from "../../../src/preflight/aws/role-names.js";
import { eksCluster } from "../../support/clusters.js";
import { clusterStack, resourcesOf } from "../../support/synthesized.js";

type RoleOfIam = Pick<IamRole, "tags" | "trust">;

const config = eksCluster();
const tags = { "kaas.cluster": "demo" };
const accountId = "123456789012";
const nodes: RoleOfIam = { tags, trust: policyDocument(serviceTrust("ec2.amazonaws.com")) };
const service = (name: AwsIdentity, region: string): RoleOfIam => {
  const facts = { partition: "aws", region, accountId, clusterName: "demo" };
  return { tags, trust: policyDocument(podIdentityTrust(facts, awsIdentities[name])) };
};
const here = (name: AwsIdentity) => service(name, "eu-central-1");
const owners = (roles: Readonly<Record<string, RoleOfIam>>) => ownersOf(config, new Map(Object.entries(roles)));

describe("the names of a cluster's roles", () => {
  test.each([
    ["every service", {}],
    ["no backup", { backup: { enabled: false } }],
    ["no registry", { registry: { enabled: false } }],
    ["neither", { backup: { enabled: false }, registry: { enabled: false } }],
  ])("are those that its stack makes, with %s", (_what, services) => {
    const changed = eksCluster({ services });
    const made = Object.values(resourcesOf(clusterStack(changed), "aws_iam_role")).map(({ name }) => name);
    expect([...roleNames(changed)].sort()).toEqual(made.sort());
  });
});

describe("a role that has one of the names", () => {
  test("is the cluster's when it bears its tag and trusts it in its region", () => {
    expect(owners({ "demo-velero": here("velero") })).toMatchObject({ own: ["demo-velero"], others: [] });
  });

  test("is somebody else's without the tag, or with that of another cluster", () => {
    const roles = {
      "demo-worker": { ...nodes, tags: {} },
      "demo-velero": { ...nodes, tags: { "kaas.cluster": "demo-2" } },
    };
    expect(owners(roles)).toMatchObject({ own: [], others: ["demo-worker", "demo-velero"] });
  });

  test("is where the others are when its trust names no cluster", () => {
    expect(owners({ "demo-worker": nodes, "demo-velero": service("velero", "us-east-1") })).toMatchObject({
      own: [],
      elsewhere: new Map([["us-east-1", ["demo-worker", "demo-velero"]]]),
    });
    expect(owners({ "demo-worker": nodes, "demo-velero": here("velero") })).toMatchObject({
      own: ["demo-worker", "demo-velero"],
      elsewhere: new Map(),
    });
  });

  test("is the cluster's beside some of each region when its trust names none", () => {
    const roles = {
      "demo-worker": nodes,
      "demo-velero": service("velero", "us-east-1"),
      "demo-registry": here("registry"),
    };
    expect(owners(roles)).toMatchObject({
      own: ["demo-worker", "demo-registry"],
      elsewhere: new Map([["us-east-1", ["demo-velero"]]]),
    });
  });

  test("is nowhere in particular when no trust tells", () => {
    expect(owners({ "demo-worker": nodes })).toMatchObject({ own: [], somewhere: ["demo-worker"] });
  });
});

describe("role names", () => {
  const absent = { ok: true, value: undefined } as const;
  const present = { ok: true, value: { kubernetes: "1.36", status: "ACTIVE", tags } } as const;
  const silent = { ok: false, refusal: { kind: "denied" }, permission: "eks:DescribeCluster" } as const;
  const judge = (roles: NamedRoles, existing: Parameters<typeof judgeRoleNames>[2] = absent) =>
    judgeRoleNames(config, { ok: true, value: roles }, existing);
  const names = roleNames(config);

  test.each([
    [0, "all 9 are free"],
    [4, "4 of 9 are the cluster's, the others are free"],
    [9, "all 9 are the cluster's"],
  ])("of which the cluster has %i are ok", (count, message) => {
    const roles = new Map(names.slice(0, count).map((name) => [name, here("velero")] as const));
    expect(judge(roles)).toEqual([{ check: "role names", state: "ok", message }]);
  });

  test("of roles that tell no region draw a warning only while the cluster is not there", () => {
    const roles = new Map([["demo-worker", nodes]]);
    expect(judge(roles)).toMatchObject([{ state: "warning" }]);
    expect(judge(roles, present)).toMatchObject([{ state: "ok" }]);
    expect(judge(roles, silent)).toMatchObject([{ state: "ok" }]);
  });

  test("that several others have are each told of", () => {
    const roles = new Map([
      ["demo-worker", { ...nodes, tags: {} }],
      ["demo-velero", service("velero", "us-east-1")],
      ["demo-registry", service("registry", "eu-west-1")],
    ]);
    expect(judge(roles).map(({ state, message }) => [state, message])).toEqual([
      ["failure", "cluster demo in us-east-1 has demo-velero"],
      ["failure", "cluster demo in eu-west-1 has demo-registry"],
      ["failure", "the account has demo-worker, which kaasctl did not make"],
    ]);
  });

  test("are counted where there are many, and one more is named", () => {
    const taken = (count: number) =>
      judge(new Map(names.slice(0, count).map((name) => [name, { ...nodes, tags: {} }])))[0]?.message;
    expect(taken(4)).toContain("has demo-control-plane, demo-worker, demo-flow-logs, demo-vpc-cni,");
    expect(taken(5)).toContain("has demo-control-plane, demo-worker, demo-flow-logs and 2 more,");
  });

  test("that cannot be asked for are unknown, never ok", () => {
    const denied = { ok: false, refusal: { kind: "denied" }, permission: "iam:GetRole" } as const;
    expect(judgeRoleNames(config, denied, absent)).toMatchObject([
      { state: "unknown", expected: "the right to iam:GetRole", unanswered: "denied" },
    ]);
  });
});
