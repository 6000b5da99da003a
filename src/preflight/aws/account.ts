import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { EksClusterConfig } from "../../config/cluster-config.js";
import type { Finding } from "../finding.js";
import { ask, type Answer } from "./answer.js";
import type { AwsClients } from "./clients.js";
import { unansweredFinding } from "./refusal.js";

/** Who asks. */
export interface Caller {
  /** Twelve digits. */
  readonly account: string;
  readonly arn: string;
}

/** Asks who the credentials belong to; those that say themselves that they expired are not sent. */
export async function findCaller({ home: { sts } }: AwsClients, now: Date): Promise<Answer<Caller>> {
  return ask("sts:GetCallerIdentity", async (abortSignal) => {
    const { expiration } = await sts.config.credentials();
    if (expiration !== undefined && expiration <= now) throw new ExpiredCredentials();
    const { Account: account = "", Arn: arn = "" } = await sts.send(new GetCallerIdentityCommand({}), { abortSignal });
    return { account, arn };
  });
}

/** Named as AWS names them when it finds them so. */
class ExpiredCredentials extends Error {
  override readonly name = "ExpiredToken";
}

export function judgeCaller(caller: Answer<Caller>): Finding {
  const check = "account";
  if (caller.ok) return { check, state: "ok", message: `${caller.value.account}, asked as ${caller.value.arn}` };
  const { refusal, permission } = caller;
  if (refusal.kind !== "credentials") return unansweredFinding(check, refusal, permission);
  return { check, state: "failure", ...CREDENTIAL_PROBLEMS[refusal.problem] };
}

const CREDENTIAL_PROBLEMS = {
  missing: {
    message: "there are no AWS credentials",
    expected: "credentials in the environment, in ~/.aws or of the machine's role",
    remedy:
      "sign in with `aws sso login`, and name the profile in AWS_PROFILE; or set AWS_ACCESS_KEY_ID and its secret",
  },
  expired: {
    message: "the AWS credentials have expired",
    expected: "credentials that are valid now",
    remedy: "sign in again with `aws sso login`, or get new ones where these came from",
  },
  invalid: {
    message: "AWS does not accept the credentials",
    expected: "credentials that AWS knows",
    remedy: "check AWS_PROFILE and the access key: it may be deleted, mistyped or another partition's",
  },
} as const;

/** @returns what is wrong when the cluster belongs to another account, as far as bootstrap.yaml says which */
export function judgeAccount({ provider }: EksClusterConfig, { account }: Caller): Finding | undefined {
  if (provider.accountId === undefined || provider.accountId === account) return undefined;
  return {
    check: "account",
    state: "failure",
    message: `the credentials are of account ${account}, the cluster belongs to ${provider.accountId}`,
    path: ["provider", "accountId"],
    value: provider.accountId,
    expected: `credentials of account ${provider.accountId}`,
    remedy: "name a profile of that account in AWS_PROFILE, or correct `provider.accountId`",
  };
}
