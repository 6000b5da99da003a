import { describe, expect, test } from "@jest/globals";
import { describeRefusal, refusalOf, unansweredFinding } from "../../../src/preflight/aws/refusal.js";

/** As the SDK makes them: a name or a code, and the status of the answer. */
function awsError(name: string, { code, status }: { readonly code?: string; readonly status?: number } = {}): Error {
  return Object.assign(new Error("text with a SECRET"), {
    name,
    ...(code !== undefined && { code }),
    ...(status !== undefined && { $metadata: { httpStatusCode: status } }),
  });
}

describe("why AWS did not answer", () => {
  test.each([
    ["ExpiredToken", {}, "AWS finds the credentials expired"],
    ["ExpiredTokenException", { status: 400 }, "AWS finds the credentials expired"],
    ["InvalidClientTokenId", { status: 403 }, "AWS finds the credentials invalid"],
    ["AuthFailure", { status: 401 }, "AWS finds the credentials invalid"],
    ["UnrecognizedClientException", { status: 400 }, "AWS finds the credentials invalid"],
    ["CredentialsProviderError", {}, "AWS finds the credentials missing"],
    ["UnauthorizedOperation", { status: 403 }, "AWS denies the question"],
    ["AccessDeniedException", { status: 400 }, "AWS denies the question"],
    ["SyntaxError", { status: 403 }, "AWS denies the question"],
    ["TimeoutError", {}, "AWS does not answer (no answer in time)"],
    ["AbortError", {}, "AWS does not answer (no answer in time)"],
    ["Error", { code: "ECONNREFUSED" }, "AWS does not answer (ECONNREFUSED)"],
    ["Error", { code: "ENOTFOUND" }, "AWS does not answer (ENOTFOUND)"],
    ["Error", { code: "SELF_SIGNED_CERT_IN_CHAIN" }, "AWS does not answer (SELF_SIGNED_CERT_IN_CHAIN)"],
    ["ThrottlingException", { status: 400 }, "AWS cannot answer now (ThrottlingException)"],
    ["RequestLimitExceeded", { status: 503 }, "AWS cannot answer now (RequestLimitExceeded)"],
    ["NoSuchResourceException", { status: 400 }, "AWS does not say (NoSuchResourceException)"],
    ["SyntaxError", { status: 404 }, "AWS does not say (HTTP 404)"],
    ["Error", { status: 500 }, "AWS does not say (HTTP 500)"],
  ])("%s %j: %s", (name, more, said) => {
    expect(describeRefusal(refusalOf(awsError(name, more)))).toBe(said);
  });

  test("is told without the error's own text, which may hold a secret", () => {
    for (const name of ["Error", "AccessDenied", "CredentialsProviderError", "TimeoutError"]) {
      expect(JSON.stringify(unansweredFinding("zones", refusalOf(awsError(name)), "ec2:X"))).not.toContain("SECRET");
    }
  });

  test("something that is no error is told too", () => {
    expect(describeRefusal(refusalOf(undefined))).toBe("AWS does not say (an unknown error)");
  });
});

describe("a question that stayed open", () => {
  test.each([
    [{ kind: "denied" }, "denied"],
    [{ kind: "unreachable", reason: "ETIMEDOUT" }, "unreachable"],
    [{ kind: "overloaded", code: "ThrottlingException" }, "unreachable"],
    [{ kind: "refused", code: "HTTP 404" }, undefined],
  ] as const)("after %j is unknown, and blamed on %s", (refusal, unanswered) => {
    const finding = unansweredFinding("zones", refusal, "ec2:DescribeAvailabilityZones");
    expect(finding).toMatchObject({ check: "zones", state: "unknown" });
    expect(finding.unanswered).toBe(unanswered);
  });
});
