import { DescribeClusterCommand, ResourceNotFoundException } from "@aws-sdk/client-eks";
import type { EksClusterConfig } from "../../config/cluster-config.js";
import { ClusterIdentity } from "../../config/cluster-identity.js";
import type { Finding } from "../finding.js";
import { ask, type Answer } from "./answer.js";
import type { AwsClients } from "./clients.js";
import { unansweredFinding } from "./refusal.js";

/** A cluster that has the name already. */
export interface ExistingCluster {
  readonly kubernetes: string;
  /** `CREATING`, `ACTIVE`, … */
  readonly status: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** @returns undefined in the answer when there is none */
export function findCluster(
  { eks }: AwsClients,
  { name }: EksClusterConfig,
): Promise<Answer<ExistingCluster | undefined>> {
  return ask("eks:DescribeCluster", async (abortSignal) => {
    try {
      const { cluster } = await eks.send(new DescribeClusterCommand({ name }), { abortSignal });
      return { kubernetes: cluster?.version ?? "", status: cluster?.status ?? "", tags: cluster?.tags ?? {} };
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  });
}

/** A cluster that an earlier run made is as it should be; anybody else's bars the way. */
export function judgeCluster(
  { name, provider }: Pick<EksClusterConfig, "name"> & { readonly provider: { readonly region: string } },
  existing: Answer<ExistingCluster | undefined>,
): Finding {
  const check = "cluster name";
  if (!existing.ok) return unansweredFinding(check, existing.refusal, existing.permission);
  if (existing.value === undefined) return { check, state: "ok", message: `${name} is free in ${provider.region}` };
  const { kubernetes, status, tags } = existing.value;
  if (new ClusterIdentity(name).marks(tags)) {
    return {
      check,
      state: "ok",
      message: `${name} is there, with Kubernetes ${kubernetes}, ${status}: a plan changes it`,
    };
  }
  return {
    check,
    state: "failure",
    message: `${name} is a cluster in ${provider.region} that kaasctl did not make`,
    path: ["cluster", "name"],
    value: name,
    expected: "a name that no other cluster of the account has in the region",
    remedy: "choose another name",
  };
}
