import type { Finding } from "../finding.js";

/** Why AWS did not answer a question. Errors' own texts are not passed on: they can hold what should not be shown. */
export type Refusal =
  | { readonly kind: "credentials"; readonly problem: "missing" | "expired" | "invalid" }
  | { readonly kind: "denied" }
  /** @param reason `ECONNREFUSED`, or what else is known of it */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** It answers, and has no time for the question now. */
  | { readonly kind: "overloaded"; readonly code: string }
  /** @param code AWS's name for it, or the status of the answer */
  | { readonly kind: "refused"; readonly code: string };

/** What the parts of the SDK put on errors. */
interface AwsError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const EXPIRED = ["ExpiredToken", "ExpiredTokenException", "RequestExpired"];
const INVALID = [
  "AuthFailure",
  "IncompleteSignature",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
];
const DENIED = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"];
const OVERLOADED = /Throttl|TooManyRequests|RequestLimitExceeded|ServiceUnavailable|InternalError|InternalFailure/;
/** Of the system and of TLS: `ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED`, `SELF_SIGNED_CERT_IN_CHAIN`. */
const CONNECTION = /^(E[A-Z_]+|.*CERT.*|UNABLE_TO_.*)$/;
const LATE = ["TimeoutError", "AbortError"];

export function refusalOf(error: unknown): Refusal {
  const { name = "", code = "", message = "", $metadata } = (error ?? {}) as AwsError;
  if (["CredentialsProviderError", "TokenProviderError"].includes(name)) {
    return { kind: "credentials", problem: /SSO|expired|refresh/i.test(message) ? "expired" : "missing" };
  }
  if (EXPIRED.includes(name)) return { kind: "credentials", problem: "expired" };
  if (INVALID.includes(name)) return { kind: "credentials", problem: "invalid" };
  const status = $metadata?.httpStatusCode;
  if (DENIED.includes(name) || status === 403) return { kind: "denied" };
  if (LATE.includes(name)) return { kind: "unreachable", reason: "no answer in time" };
  if (CONNECTION.test(code)) return { kind: "unreachable", reason: code };
  if (OVERLOADED.test(name)) return { kind: "overloaded", code: name };
  // An answer that is no document of AWS's, from something between: its parser's words tell nothing.
  const named = name !== "" && !["Error", "SyntaxError"].includes(name);
  return { kind: "refused", code: named || status === undefined ? name || "an unknown error" : `HTTP ${status}` };
}

/** `AWS does not answer (ECONNREFUSED)` */
export function describeRefusal(refusal: Refusal): string {
  switch (refusal.kind) {
    case "credentials":
      return `AWS finds the credentials ${refusal.problem}`;
    case "denied":
      return "AWS denies the question";
    case "unreachable":
      return `AWS does not answer (${refusal.reason})`;
    case "overloaded":
      return `AWS cannot answer now (${refusal.code})`;
    case "refused":
      return `AWS does not say (${refusal.code})`;
  }
}

/**
 * A question that stayed open.
 *
 * @param permission the IAM action that the question needs: `ec2:DescribeVpcs`
 */
export function unansweredFinding(check: string, refusal: Refusal, permission: string): Finding {
  const finding = { check, state: "unknown", message: describeRefusal(refusal) } as const;
  switch (refusal.kind) {
    case "denied":
    case "credentials":
      return {
        ...finding,
        expected: `the right to ${permission}`,
        remedy: `allow ${permission} to the role or user, or run kaasctl as one that may`,
        unanswered: "denied",
      };
    case "unreachable":
      return { ...finding, ...UNREACHABLE, unanswered: "unreachable" };
    case "overloaded":
      return { ...finding, expected: "an answer from AWS", remedy: "try again in a minute", unanswered: "unreachable" };
    case "refused":
      return finding;
  }
}

const UNREACHABLE = {
  expected: "an answer from AWS",
  remedy: "check this machine's network, and AWS_ENDPOINT_URL if it is set",
};
