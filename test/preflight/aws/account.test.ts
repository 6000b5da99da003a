import { describe, expect, test } from "@jest/globals";
import { judgeAdminRoles } from "../../../src/preflight/aws/account.js";
import { partitionOf } from "../../../src/preflight/aws/partition.js";
import { eksCluster } from "../../support/clusters.js";

const caller = { account: "123456789012", arn: "arn:aws:iam::123456789012:user/somebody" };
const statesOf = (region: string, arn: string) =>
  judgeAdminRoles(
    eksCluster({ provider: { region, availabilityZones: [`${region}a`, `${region}b`], adminRoleArns: [arn] } }),
    caller,
  ).map(({ state }) => state);

describe("roles of administrators", () => {
  test.each([
    ["eu-central-1", "arn:aws:iam::123456789012:role/platform", "ok"],
    ["eu-central-1", "arn:aws:iam::123456789013:role/platform", "failure"],
    ["eu-central-1", "arn:aws-cn:iam::123456789012:role/platform", "failure"],
    ["us-gov-west-1", "arn:aws-us-gov:iam::123456789012:role/path/platform", "ok"],
    ["us-gov-west-1", "arn:aws:iam::123456789012:role/platform", "failure"],
  ])("of a cluster in %s: %s is %s", (region, arn, state) => {
    expect(statesOf(region, arn)).toEqual([state]);
  });

  test("are each told of by their place", () => {
    const adminRoleArns = ["arn:aws:iam::123456789012:role/a", "arn:aws:iam::999999999999:role/b"];
    expect(judgeAdminRoles(eksCluster({ provider: { adminRoleArns } }), caller)).toMatchObject([
      { state: "failure", path: ["provider", "adminRoleArns", 1] },
    ]);
  });
});

test.each([
  ["eu-central-1", "us-east-1"],
  ["us-gov-east-1", "us-gov-west-1"],
])("%s is asked about in %s, which every account of its partition has", (region, home) => {
  expect(partitionOf(region).homeRegion).toBe(home);
});
