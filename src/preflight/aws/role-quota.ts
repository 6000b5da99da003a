import { GetAccountSummaryCommand } from "@aws-sdk/client-iam";
import type { EksClusterConfig } from "../../config/cluster-config.js";
import type { Finding } from "../finding.js";
import { ask, mapAnswer, type Answer } from "./answer.js";
import type { AwsClients } from "./clients.js";
import { quotaCodes } from "./quota-codes.js";
import type { QuotaNeed } from "./quota-need.js";
import { judgeQuota } from "./quotas.js";
import { ownersOf, roleNames, type NamedRoles } from "./role-names.js";

/** What IAM says of the roles of an account. */
export interface RoleSummary {
  readonly used: number;
  readonly quota: number;
}

/** IAM counts roles itself, so that they need not be listed. */
export function findRoleSummary({ home: { iam } }: AwsClients): Promise<Answer<RoleSummary>> {
  return ask("iam:GetAccountSummary", async (abortSignal) => {
    const { SummaryMap: summary = {} } = await iam.send(new GetAccountSummaryCommand({}), { abortSignal });
    const { Roles: used, RolesQuota: quota } = summary;
    if (used === undefined || quota === undefined) throw new SummaryWithoutRoles();
    return { used, quota };
  });
}

class SummaryWithoutRoles extends Error {
  override readonly name = "SummaryWithoutRoles";
}

/** Whose roles there are matters only where the quota has no room for all of them anew. */
export function judgeRoleQuota(
  config: EksClusterConfig,
  summary: Answer<RoleSummary>,
  roles: Answer<NamedRoles>,
): Finding {
  const needed = roleNames(config).length;
  const need: QuotaNeed<{ readonly what: "roles" }> = {
    name: "IAM roles",
    quota: quotaCodes.roles,
    needed,
    counted: { what: "roles" },
    path: ["services"],
  };
  const quota = mapAnswer(summary, (found) => ({ value: found.quota, adjustable: true }));
  const { region } = config.provider;
  if (!summary.ok) return judgeQuota(need, quota, undefined, region);
  const { used } = summary.value;
  if (!roles.ok && used + needed <= summary.value.quota) {
    return judgeQuota(need, quota, { ok: true, value: { used, own: 0 } }, region);
  }
  const usage = mapAnswer(roles, (found) => {
    const { own, somewhere } = ownersOf(config, found);
    return { used, own: own.length + somewhere.length };
  });
  return judgeQuota(need, quota, usage, region);
}
