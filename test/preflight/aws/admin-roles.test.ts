import { describe, expect, test } from "@jest/globals";
import { judgeAdminRoles, type AdminRoles } from "../../../src/preflight/aws/admin-roles.js";
import { eksCluster } from "../../support/clusters.js";

const account = "123456789012";
const caller = { account, arn: `arn:aws:iam::${account}:user/somebody` };
const is = (arn: string) => ({ ok: true, value: { arn } }) as const;
const missing = { ok: true, value: undefined } as const;
const denied = { ok: false, refusal: { kind: "denied" }, permission: "iam:GetRole" } as const;

const judge = (region: string, roles: Readonly<Record<string, ReturnType<AdminRoles["get"]>>>) => {
  const adminRoleArns = Object.keys(roles);
  const provider = { region, availabilityZones: [`${region}a`, `${region}b`], adminRoleArns };
  const answers = Object.entries(roles).flatMap(([arn, answer]) =>
    answer === undefined ? [] : [[arn, answer] as const],
  );
  return judgeAdminRoles(eksCluster({ provider }), caller, new Map(answers));
};

describe("a role of administrators", () => {
  test.each([
    ["eu-central-1", `arn:aws:iam::${account}:role/platform`, "ok"],
    ["eu-central-1", "arn:aws:iam::123456789013:role/platform", "failure"],
    ["eu-central-1", `arn:aws-cn:iam::${account}:role/platform`, "failure"],
    ["us-gov-west-1", `arn:aws-us-gov:iam::${account}:role/path/platform`, "ok"],
    ["us-gov-west-1", `arn:aws:iam::${account}:role/platform`, "failure"],
  ])("must be of the cluster's account and partition: in %s, %s is %s", (region, arn, state) => {
    expect(judge(region, { [arn]: is(arn) }).map((finding) => finding.state)).toEqual([state]);
  });

  test("that was not asked about is never ok", () => {
    expect(judge("eu-central-1", { [`arn:aws:iam::${account}:role/platform`]: undefined })).not.toMatchObject([
      { state: "ok" },
    ]);
  });

  test("is told of by its place, each by itself, and those that are well are not", () => {
    const roles = {
      [`arn:aws:iam::${account}:role/good`]: is(`arn:aws:iam::${account}:role/good`),
      [`arn:aws:iam::${account}:role/none`]: missing,
      [`arn:aws:iam::${account}:role/secret`]: denied,
      "arn:aws:iam::999999999999:role/foreign": undefined,
      [`arn:aws:iam::${account}:role/moved`]: is(`arn:aws:iam::${account}:role/teams/moved`),
    };
    const found = judge("eu-central-1", roles).map(({ state, path, message }) => [path?.at(-1), state, message]);
    expect(found).toEqual([
      [1, "failure", `arn:aws:iam::${account}:role/none does not exist`],
      [2, "unknown", "AWS denies the question"],
      [3, "failure", "arn:aws:iam::999999999999:role/foreign is of another account or partition"],
      [4, "failure", `arn:aws:iam::${account}:role/moved is arn:aws:iam::${account}:role/teams/moved in IAM`],
    ]);
  });

  test("is compared to the letter: IAM finds a name in other letters, EKS does not", () => {
    const arn = `arn:aws:iam::${account}:role/Platform`;
    expect(judge("eu-central-1", { [`arn:aws:iam::${account}:role/platform`]: is(arn) })).toMatchObject([
      { state: "failure", remedy: `write ${arn}` },
    ]);
  });
});
