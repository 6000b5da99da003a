import type { EksClusterConfig } from "../../config/cluster-config.js";
import type { Finding } from "../finding.js";
import type { Caller } from "./account.js";
import type { Answer } from "./answer.js";
import type { AwsClients } from "./clients.js";
import { findRole, type IamRole } from "./iam-role.js";
import { partitionOf } from "./partition.js";
import { unansweredFinding } from "./refusal.js";

/** What IAM says of a role's name, by the ARN that bootstrap.yaml has for it. */
export type AdminRoles = ReadonlyMap<string, Answer<Pick<IamRole, "arn"> | undefined>>;

/** Those of the caller's own account; another one's cannot be asked. Each by itself, since each may be denied by itself. */
export async function findAdminRoles(
  clients: AwsClients,
  { provider }: EksClusterConfig,
  caller: Caller,
): Promise<AdminRoles> {
  const own = provider.adminRoleArns.filter((arn) => isOf(caller, provider.region, arn));
  return new Map(
    await Promise.all(
      own.map(async (arn) => [arn, await findRole(clients, arn.slice(arn.lastIndexOf("/") + 1))] as const),
    ),
  );
}

/**
 * EKS takes access entries of its own account alone, and for roles that are there.
 * Source: docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
export function judgeAdminRoles(config: EksClusterConfig, caller: Caller, roles: AdminRoles): readonly Finding[] {
  const check = "admin roles";
  const { adminRoleArns, region } = config.provider;
  const findings = adminRoleArns.flatMap((arn, index): readonly Finding[] => {
    const place = { path: ["provider", "adminRoleArns", index], value: arn };
    const role = roles.get(arn);
    if (role?.ok === false) return [{ ...unansweredFinding(check, role.refusal, role.permission), ...place }];
    const mistake =
      role === undefined || !isOf(caller, region, arn) ? foreign(arn, caller, region) : mistakeOf(arn, role.value);
    return mistake === undefined ? [] : [{ check, state: "failure", ...place, ...mistake }];
  });
  if (findings.length > 0) return findings;
  return [{ check, state: "ok", message: `of account ${caller.account}, and there` }];
}

const ARN = /^arn:(?<partition>[^:]+):iam::(?<account>\d+):/;

function isOf({ account }: Caller, region: string, arn: string): boolean {
  const its = ARN.exec(arn)?.groups;
  return its?.["partition"] === partitionOf(region).name && its["account"] === account;
}

function foreign(arn: string, { account }: Caller, region: string) {
  return {
    message: `${arn} is of another account or partition`,
    expected: `a role of account ${account}: arn:${partitionOf(region).name}:iam::${account}:role/…`,
    remedy: "name a role of that account, or sign in to the other one",
  };
}

function mistakeOf(arn: string, role: Pick<IamRole, "arn"> | undefined) {
  if (role === undefined) {
    return {
      message: `${arn} does not exist`,
      expected: "a role that is there: EKS refuses an access entry for any other",
      remedy: "create the role before the cluster, or correct its name",
    };
  }
  if (role.arn !== arn) {
    return {
      message: `${arn} is ${role.arn} in IAM`,
      expected: "the ARN as IAM has it, with the role's path: EKS refuses any other",
      remedy: `write ${role.arn}`,
    };
  }
  return undefined;
}
