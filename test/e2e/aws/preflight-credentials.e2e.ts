import { writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { HOST } from "../support/loopback-server.js";
import { MOTO_ACCOUNT } from "../support/moto.js";
import type { Environment } from "../support/process.js";
import { failures, ofCheck, REGION, SECRET, usePreflightProject } from "../support/preflight-project.js";

const project = usePreflightProject();

describe("credentials", () => {
  const only = async (environment: Environment) => {
    const outcome = await project().preflight({}, environment);
    expect(outcome.findings).toHaveLength(1);
    return { exitCode: outcome.exitCode, ...outcome.findings[0] };
  };

  test("that say themselves that they expired are not sent", async () => {
    const expired = { AWS_SESSION_TOKEN: SECRET, AWS_CREDENTIAL_EXPIRATION: "2026-01-01T00:00:00Z" };
    expect(await only(expired)).toEqual({
      exitCode: 2,
      check: "account",
      state: "failure",
      message: "the AWS credentials have expired; nothing else was asked",
      expected: "credentials that are valid now",
      remedy: "sign in again with `aws sso login`, or get new ones where these came from",
    });
  });

  test("of a single sign-on that ended are expired too", async () => {
    const config = join(project().root, "sso.config");
    writeFileSync(
      config,
      `[sso-session corp]
sso_start_url = https://sso.example.com/start
sso_region = ${REGION}
[profile platform]
sso_session = corp
sso_account_id = ${MOTO_ACCOUNT}
sso_role_name = admin
`,
    );
    const profile = { AWS_CONFIG_FILE: config, AWS_PROFILE: "platform" };
    const outcome = await only({ ...profile, AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" });
    expect(outcome).toMatchObject({ exitCode: 2, message: "the AWS credentials have expired; nothing else was asked" });
  });

  test("that AWS does not know are refused", async () => {
    await project().moto.checkCredentials();
    expect(await only({ AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE" })).toEqual({
      exitCode: 2,
      check: "account",
      state: "failure",
      message: "AWS does not accept the credentials; nothing else was asked",
      expected: "credentials that AWS knows",
      remedy: "check AWS_PROFILE and the access key: it may be deleted, mistyped or another partition's",
    });
  });

  test("must be there", async () => {
    expect(await only({ AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" })).toEqual({
      exitCode: 2,
      check: "account",
      state: "failure",
      message: "there are no AWS credentials; nothing else was asked",
      expected: "credentials in the environment, in ~/.aws or of the machine's role",
      remedy:
        "sign in with `aws sso login`, and name the profile in AWS_PROFILE; or set AWS_ACCESS_KEY_ID and its secret",
    });
  });

  test("that may not ask leave questions open, which ends with 1 and names the rights", async () => {
    const keys = await makeUser("sts:*");
    await project().moto.checkCredentials();
    const outcome = await project().preflight({}, keys);
    expect(outcome.exitCode).toBe(1);
    expect(failures(outcome)).toEqual([]);
    expect(ofCheck(outcome, "quota: VPCs")).toEqual([
      {
        check: "quota: VPCs",
        state: "unknown",
        path: "provider.vpcCidr",
        message: "needs 1; the quota is not known: AWS denies the question",
        expected: "the right to servicequotas:GetServiceQuota",
        remedy: "allow servicequotas:GetServiceQuota to the role or user, or run kaasctl as one that may",
        unanswered: "denied",
      },
    ]);
    expect(ofCheck(outcome, "region")).toMatchObject([
      { state: "unknown", expected: "the right to ec2:DescribeRegions" },
    ]);
    const toGetRole = {
      state: "unknown",
      message: "AWS denies the question",
      expected: "the right to iam:GetRole",
      remedy: "allow iam:GetRole to the role or user, or run kaasctl as one that may",
      unanswered: "denied",
    };
    expect(ofCheck(outcome, "admin roles")).toEqual([
      {
        check: "admin roles",
        ...toGetRole,
        path: "provider.adminRoleArns[0]",
        value: "arn:aws:iam::123456789012:role/platform",
      },
    ]);
    expect(ofCheck(outcome, "role names")).toEqual([{ check: "role names", ...toGetRole }]);
    expect(ofCheck(outcome, "quota: IAM roles")).toEqual([
      {
        check: "quota: IAM roles",
        state: "unknown",
        path: "services",
        message: "needs 9; the quota is not known: AWS denies the question",
        expected: "the right to iam:GetAccountSummary",
        remedy: "allow iam:GetAccountSummary to the role or user, or run kaasctl as one that may",
        unanswered: "denied",
      },
    ]);
    // One right that many quotas want is asked for once.
    expect((await project().validate(keys)).stdout).toContain(`
  unknown  quota: VPCs and 9 more
    expected: the right to servicequotas:GetServiceQuota
    remedy:   allow servicequotas:GetServiceQuota to the role or user, or run kaasctl as one that may
`);
  });
});

/** A user of IAM with one right. @returns its keys */
async function makeUser(action: string): Promise<Environment> {
  const iam = (parameters: Readonly<Record<string, string>>) =>
    project().moto.call("iam", "us-east-1", { UserName: "reader", ...parameters });
  await iam({ Action: "CreateUser" });
  const Statement = [{ Effect: "Allow", Action: action, Resource: "*" }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam({ Action: "PutUserPolicy", PolicyName: "one", PolicyDocument });
  const answer = await iam({ Action: "CreateAccessKey" });
  const { id = "", secret = "" } =
    /<AccessKeyId>(?<id>[^<]+)<.*<SecretAccessKey>(?<secret>[^<]+)</s.exec(answer)?.groups ?? {};
  return { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret };
}

describe("no answer", () => {
  const finding = (reason: string) => ({
    check: "account",
    state: "unknown",
    message: `AWS does not answer (${reason}); nothing else was asked`,
    expected: "an answer from AWS",
    remedy: "check this machine's network, and AWS_ENDPOINT_URL if it is set",
    unanswered: "unreachable",
  });

  test("of a closed port ends with 1", async () => {
    const outcome = await project().preflight({}, { AWS_ENDPOINT_URL: "http://127.0.0.1:9" });
    expect(outcome).toEqual({ exitCode: 1, findings: [finding("ECONNREFUSED")] });
  });

  test("of a server that says nothing ends with 1 within a quarter of a minute", async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((done) => silent.listen(0, HOST, done));
    const { port } = silent.address() as AddressInfo;
    const start = process.hrtime.bigint();
    const outcome = await project().preflight({}, { AWS_ENDPOINT_URL: `http://${HOST}:${port}` });
    expect(outcome).toEqual({ exitCode: 1, findings: [finding("no answer in time")] });
    // Starting the process is part of it, on a machine that may be busy.
    expect(Number(process.hrtime.bigint() - start) / 1e9).toBeLessThan(18);
    silent.close();
  });
});
