import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  type ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import type { EksClusterConfig } from "../../config/cluster-config.js";
import type { Finding } from "../finding.js";
import { ask, type Answer } from "./answer.js";
import type { AwsClients } from "./clients.js";
import { quotaNeeds } from "./needs.js";
import type { InstanceSizes } from "./node-needs.js";
import { partitionOf } from "./partition.js";
import type { QuotaCode } from "./quota-codes.js";
import type { QuotaNeed } from "./quota-need.js";
import { describeRefusal, unansweredFinding } from "./refusal.js";
import { UsageCounter, type Usage } from "./usage.js";

/** A quota as it holds for the account. */
export interface Quota {
  readonly value: number;
  /** Whether AWS raises it on request. */
  readonly adjustable: boolean;
}

/** Compares what the plan needs with what quotas leave of it. */
export async function checkQuotas(
  config: EksClusterConfig,
  sizes: InstanceSizes,
  clients: AwsClients,
): Promise<readonly Finding[]> {
  const needs = quotaNeeds(config, sizes);
  const counter = new UsageCounter(clients, config.name);
  const [quotas, usages] = await Promise.all([
    readQuotas(clients, needs),
    Promise.all(needs.map(({ counted }) => counter.count(counted))),
  ]);
  return needs.flatMap((need, index): readonly Finding[] => {
    const quota = quotas[index];
    return quota === undefined ? [] : [judgeQuota(need, quota, usages[index], config.provider.region)];
  });
}

/** One after the other: Service Quotas takes few questions a second, and refuses the others. */
async function readQuotas(clients: AwsClients, needs: readonly QuotaNeed[]): Promise<readonly Answer<Quota>[]> {
  const known = new Map<string, Answer<Quota>>();
  const answers: Answer<Quota>[] = [];
  let silent: Answer<Quota> | undefined;
  for (const { quota } of needs) {
    const answer = silent ?? known.get(quota.code) ?? (await readQuota(clients, quota));
    known.set(quota.code, answer);
    // Waiting again for a service that does not answer would take minutes.
    if (!answer.ok && answer.refusal.kind === "unreachable") silent = answer;
    answers.push(answer);
  }
  return answers;
}

async function readQuota(clients: AwsClients, { service, code, global }: QuotaCode): Promise<Answer<Quota>> {
  const client = global === true ? clients.home.quotas : clients.quotas;
  const question = { ServiceCode: service, QuotaCode: code };
  const applied = await ask("servicequotas:GetServiceQuota", async (abortSignal) => {
    const { Quota } = await client.send(new GetServiceQuotaCommand(question), { abortSignal });
    return toQuota(Quota);
  });
  if (applied.ok || applied.refusal.kind !== "refused") return applied;
  // A quota that was never changed may have no applied value: its default holds.
  const standard = await readDefault(client, question);
  return standard.ok ? standard : applied;
}

function readDefault(
  client: ServiceQuotasClient,
  question: { readonly ServiceCode: string; readonly QuotaCode: string },
): Promise<Answer<Quota>> {
  return ask("servicequotas:GetAWSDefaultServiceQuota", async (abortSignal) => {
    const { Quota } = await client.send(new GetAWSDefaultServiceQuotaCommand(question), { abortSignal });
    return toQuota(Quota);
  });
}

function toQuota(quota: { Value?: number | undefined; Adjustable?: boolean | undefined } = {}): Quota {
  if (quota.Value === undefined) throw new QuotaWithoutValue();
  return { value: quota.Value, adjustable: quota.Adjustable ?? true };
}

class QuotaWithoutValue extends Error {
  override readonly name = "QuotaWithoutValue";
}

/**
 * `needs 3, 4 of 5 in use`
 *
 * @param usage undefined when it is not counted
 */
export function judgeQuota(
  need: QuotaNeed<{ readonly what: string }>,
  quota: Answer<Quota>,
  usage: Answer<Usage> | undefined,
  region: string,
): Finding {
  const check = `quota: ${need.name}`;
  const place = { check, path: need.path, ...(need.reckoning !== undefined && { reckoning: need.reckoning }) };
  if (need.needed === undefined) {
    return { ...place, state: "unknown", message: "what the plan needs is not known: an instance type's size is not" };
  }
  const needs = `needs ${figure(need.needed)}`;
  const refused = [quota, usage].find((answer) => answer?.ok === false);
  if (refused?.ok === false) {
    const { refusal, permission } = refused;
    const open = quota.ok ? `what is in use of ${figure(quota.value.value)} is not known` : "the quota is not known";
    return {
      ...unansweredFinding(check, refusal, permission),
      ...place,
      message: `${needs}; ${open}: ${describeRefusal(refusal)}`,
    };
  }
  if (!quota.ok) throw new Error(`${check}: a refusal was overlooked`);
  const limit = quota.value.value;
  if (usage === undefined && need.needed <= limit) {
    return { ...place, state: "unknown", message: `${needs} of ${figure(limit)}; what others use is not counted` };
  }
  const { used, own } = usage?.ok === true ? usage.value : { used: 0, own: 0 };
  const missing = Math.max(0, need.needed - own);
  const there = own === 0 ? "" : `, ${figure(Math.min(own, need.needed))} of them there`;
  const message =
    need.counted.what === "nothing"
      ? `${needs} of ${figure(limit)}`
      : `${needs}${there}, ${figure(used)} of ${figure(limit)} in use`;
  if (used + missing <= limit) return { ...place, state: "ok", message };
  const wanted = Math.ceil(used + missing);
  return {
    ...place,
    state: "failure",
    message: `${message}: ${figure(used + missing - limit)} too few`,
    expected: `a quota of at least ${wanted}`,
    remedy: remedyFor(need, wanted, quota.value, region),
  };
}

function remedyFor(
  { quota, counted }: Parameters<typeof judgeQuota>[0],
  wanted: number,
  { adjustable }: Quota,
  region: string,
): string {
  const less = counted.what === "nothing" ? "ask for less in bootstrap.yaml" : "give back what is not needed";
  if (!adjustable) return `${less}: AWS does not raise this quota`;
  const place = quota.global === true ? partitionOf(region).homeRegion : region;
  const command = [
    "aws service-quotas request-service-quota-increase",
    `--region ${place} --service-code ${quota.service} --quota-code ${quota.code} --desired-value ${wanted}`,
  ];
  return `${less}, or ask AWS for more, which can take days: ${command.join(" ")}`;
}

/** Two decimals at most, rounded up: too little is worse than too much. */
function figure(value: number): string {
  // 1e-9: 0.1 + 0.2 is no more than 0.3.
  return String(Math.ceil(value * 100 - 1e-9) / 100);
}
