import { describe, expect, test } from "@jest/globals";
import { awsIdentities, type AwsIdentity } from "../../../src/config/aws-identities.js";
import { podIdentityTrust } from "../../../src/eks/policies/trust.js";
import { MOTO_ACCOUNT } from "../support/moto.js";
import { failures, ofCheck, REGION, usePreflightProject } from "../support/preflight-project.js";

const project = usePreflightProject();

describe("the roles of administrators", () => {
  const adminRoles = (...arns: readonly string[]) => ({ provider: `adminRoleArns: ${JSON.stringify(arns)}` });

  test("must be of the cluster's account", async () => {
    const arn = "arn:aws:iam::999999999999:role/platform";
    const outcome = await project().preflight(adminRoles(arn));
    expect(outcome.exitCode).toBe(2);
    expect(failures(outcome)).toEqual([
      {
        check: "admin roles",
        state: "failure",
        message: `${arn} is of another account or partition`,
        path: "provider.adminRoleArns[0]",
        value: arn,
        expected: "a role of account 123456789012: arn:aws:iam::123456789012:role/…",
        remedy: "name a role of that account, or sign in to the other one",
      },
    ]);
  });

  test("must exist", async () => {
    const arn = `arn:aws:iam::${MOTO_ACCOUNT}:role/plattform`;
    const outcome = await project().preflight(adminRoles(`arn:aws:iam::${MOTO_ACCOUNT}:role/platform`, arn));
    expect(outcome.exitCode).toBe(2);
    expect(ofCheck(outcome, "admin roles")).toEqual([
      {
        check: "admin roles",
        state: "failure",
        message: `${arn} does not exist`,
        path: "provider.adminRoleArns[1]",
        value: arn,
        expected: "a role that is there: EKS refuses an access entry for any other",
        remedy: "create the role before the cluster, or correct its name",
      },
    ]);
  });

  test("must be named as IAM names them, with their path", async () => {
    await project().createRole("AWSReservedSSO_Admins", { path: "/aws-reserved/sso.amazonaws.com/eu-central-1/" });
    const short = `arn:aws:iam::${MOTO_ACCOUNT}:role/AWSReservedSSO_Admins`;
    const real = `arn:aws:iam::${MOTO_ACCOUNT}:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Admins`;
    const outcome = await project().preflight(adminRoles(short));
    expect(outcome.exitCode).toBe(2);
    expect(ofCheck(outcome, "admin roles")).toEqual([
      {
        check: "admin roles",
        state: "failure",
        message: `${short} is ${real} in IAM`,
        path: "provider.adminRoleArns[0]",
        value: short,
        expected: "the ARN as IAM has it, with the role's path: EKS refuses any other",
        remedy: `write ${real}`,
      },
    ]);
    const right = await project().preflight(adminRoles(real));
    expect(ofCheck(right, "admin roles")).toEqual([
      { check: "admin roles", state: "ok", message: "of account 123456789012, and there" },
    ]);
  });
});

describe("the names of the cluster's roles", () => {
  const tags = { "kaas.cluster": "cloud" };
  const EVERY = ["control-plane", "worker", "flow-logs", ...Object.keys(awsIdentities)];
  /** As the stack makes them. */
  const createRoles = async (region: string, names: readonly string[] = EVERY) => {
    const facts = { partition: "aws", region, accountId: MOTO_ACCOUNT, clusterName: "cloud" };
    for (const name of names) {
      const service = name in awsIdentities ? awsIdentities[name as AwsIdentity] : undefined;
      const trust = service && { trust: podIdentityTrust(facts, service) };
      await project().createRole(`cloud-${name}`, { tags, ...trust });
    }
  };
  const expected = "names that no other roles of the account have, whatever region they serve";

  test("may be taken by the cluster itself, and its roles need no more of the quota", async () => {
    await createRoles(REGION);
    const outcome = await project().preflight();
    expect(outcome.exitCode).toBe(0);
    expect(ofCheck(outcome, "role names")).toEqual([
      { check: "role names", state: "ok", message: "all 9 are the cluster's" },
    ]);
    expect(ofCheck(outcome, "quota: IAM roles")).toEqual([
      {
        check: "quota: IAM roles",
        state: "ok",
        path: "services",
        message: "needs 9, 9 of them there, 10 of 1000 in use",
      },
    ]);
  });

  test("may not be taken by a cluster of the name in another region", async () => {
    await createRoles("us-east-1");
    const outcome = await project().preflight();
    expect(outcome.exitCode).toBe(2);
    expect(failures(outcome)).toEqual([
      {
        check: "role names",
        state: "failure",
        message: "cluster cloud in us-east-1 has cloud-control-plane, cloud-worker, cloud-flow-logs and 6 more",
        path: "cluster.name",
        value: "cloud",
        expected,
        remedy: "choose another name; or destroy the cluster there, if it is to move",
      },
    ]);
  });

  test("may not be taken by roles of anybody else's", async () => {
    await project().createRole("cloud-worker", { tags: { owner: "somebody" } });
    const outcome = await project().preflight();
    expect(outcome.exitCode).toBe(2);
    expect(failures(outcome)).toEqual([
      {
        check: "role names",
        state: "failure",
        message: "the account has cloud-worker, which kaasctl did not make",
        path: "cluster.name",
        value: "cloud",
        expected,
        remedy: "choose another name; or delete what has these, if nothing uses it",
      },
    ]);
    expect(ofCheck(outcome, "quota: IAM roles")).toMatchObject([{ message: "needs 9, 2 of 1000 in use" }]);
  });

  test("draw a warning when the cluster that has them may be in another region", async () => {
    await createRoles(REGION, ["worker"]);
    const outcome = await project().preflight();
    expect(outcome.exitCode).toBe(0);
    expect(ofCheck(outcome, "role names")).toEqual([
      {
        check: "role names",
        state: "warning",
        message: "cloud-worker: there for a cluster cloud, which eu-central-1 does not have",
        path: "cluster.name",
        value: "cloud",
        expected,
        remedy:
          "go on if an earlier run for this cluster ended early; if the cluster is in another region, choose another name",
      },
    ]);
  });
});
