import { describe, expect, test } from "@jest/globals";
import { quotaCodes } from "../../../src/preflight/aws/quota-codes.js";
import type { QuotaNeed } from "../../../src/preflight/aws/quota-need.js";
import { judgeQuota } from "../../../src/preflight/aws/quotas.js";

const addresses: QuotaNeed = {
  name: "elastic IPs",
  quota: quotaCodes.elasticIps,
  needed: 3,
  counted: { what: "elastic-ips" },
  path: ["provider", "nat"],
};
const rules: QuotaNeed = { ...addresses, name: "rules", needed: 62, counted: { what: "nothing" } };
const buckets: QuotaNeed = { ...addresses, name: "buckets", quota: quotaCodes.buckets, counted: { what: "not-asked" } };

const quota = (value: number, adjustable = true) => ({ ok: true, value: { value, adjustable } }) as const;
const usage = (used: number, own = 0) => ({ ok: true, value: { used, own } }) as const;
const denied = { ok: false, refusal: { kind: "denied" }, permission: "ec2:DescribeAddresses" } as const;
const judge = (need: QuotaNeed, limit: Parameters<typeof judgeQuota>[1], used: Parameters<typeof judgeQuota>[2]) =>
  judgeQuota(need, limit, used, "eu-central-1");

describe("a quota", () => {
  test.each([
    [5, 2, 0, "ok", "needs 3, 2 of 5 in use"],
    [5, 3, 0, "failure", "needs 3, 3 of 5 in use: 1 too few"],
    [5, 5, 0, "failure", "needs 3, 5 of 5 in use: 3 too few"],
    [5, 5, 3, "ok", "needs 3, 3 of them there, 5 of 5 in use"],
    [5, 5, 2, "failure", "needs 3, 2 of them there, 5 of 5 in use: 1 too few"],
    [5, 5, 4, "ok", "needs 3, 3 of them there, 5 of 5 in use"],
    [4, 5, 5, "failure", "needs 3, 3 of them there, 5 of 4 in use: 1 too few"],
  ])("of %i with %i in use, %i of them the cluster's: %s, %s", (limit, used, own, state, message) => {
    expect(judge(addresses, quota(limit), usage(used, own))).toMatchObject({ state, message });
  });

  test("that is too small names the one that is large enough, and the command that asks for it", () => {
    expect(judge(addresses, quota(5), usage(4))).toMatchObject({
      expected: "a quota of at least 7",
      remedy:
        "give back what is not needed, or ask AWS for more, which can take days: aws service-quotas " +
        "request-service-quota-increase --region eu-central-1 --service-code ec2 --quota-code L-0263D0A3 --desired-value 7",
    });
  });

  test("that AWS does not raise is not to be asked for", () => {
    const { remedy } = judge(rules, quota(60, false), usage(0));
    expect(remedy).toBe("ask for less in bootstrap.yaml: AWS does not raise this quota");
  });

  test("for each thing by itself does not count others", () => {
    expect(judge(rules, quota(62), usage(0))).toMatchObject({ state: "ok", message: "needs 62 of 62" });
    expect(judge(rules, quota(60), usage(0))).toMatchObject({ state: "failure", message: "needs 62 of 60: 2 too few" });
  });

  test("of the account is raised in the partition's home region", () => {
    expect(judge(buckets, quota(2), undefined).remedy).toContain("--region us-east-1 --service-code s3");
  });

  test("is unknown while use is not counted, but fails when it is too small by itself", () => {
    expect(judge(buckets, quota(3), undefined)).toMatchObject({
      state: "unknown",
      message: "needs 3 of 3; what others use is not counted",
    });
    expect(judge(buckets, quota(2), undefined)).toMatchObject({ state: "failure" });
  });

  test("that cannot be read is unknown, never ok", () => {
    const refusal = { kind: "unreachable", reason: "ETIMEDOUT" } as const;
    const silent = { ok: false, refusal, permission: "servicequotas:GetServiceQuota" } as const;
    expect(judge(addresses, silent, usage(0))).toMatchObject({
      state: "unknown",
      unanswered: "unreachable",
      message: "needs 3; the quota is not known: AWS does not answer (ETIMEDOUT)",
    });
    expect(judge(addresses, quota(500), denied)).toMatchObject({
      state: "unknown",
      unanswered: "denied",
      message: "needs 3; what is in use of 500 is not known: AWS denies the question",
      expected: "the right to ec2:DescribeAddresses",
    });
  });

  test("whose need is not known is unknown, never ok", () => {
    expect(judge({ ...addresses, needed: undefined }, quota(500), usage(0))).toMatchObject({ state: "unknown" });
  });

  test("in parts is rounded up, and three tenths are no more than three tenths", () => {
    const storage = { ...addresses, needed: 0.1 };
    expect(judge(storage, quota(0.35), usage(0.2))).toMatchObject({ message: "needs 0.1, 0.2 of 0.35 in use" });
    expect(judge({ ...addresses, needed: 0.3125 }, quota(50), usage(0.1 + 0.2))).toMatchObject({
      message: "needs 0.32, 0.3 of 50 in use",
    });
  });
});
