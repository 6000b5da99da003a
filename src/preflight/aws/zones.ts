import { DescribeAvailabilityZonesCommand } from "@aws-sdk/client-ec2";
import type { EksClusterConfig } from "../../config/cluster-config.js";
import type { Finding } from "../finding.js";
import { ask, mapAnswer, type Answer } from "./answer.js";
import type { AwsClients } from "./clients.js";
import { unansweredFinding } from "./refusal.js";

export interface Zone {
  readonly name: string;
  /** The same for every account, where names are dealt out: `use1-az3`. */
  readonly id: string;
  /** `availability-zone`, `local-zone` or `wavelength-zone`. */
  readonly type: string;
  readonly state: string;
  readonly enabled: boolean;
}

/** Where EKS puts no control plane. Source: docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
const WITHOUT_EKS = ["use1-az3", "usw1-az2", "cac1-az3"];

export async function findZones({ ec2 }: AwsClients): Promise<Answer<readonly Zone[]>> {
  const answer = await ask("ec2:DescribeAvailabilityZones", (abortSignal) =>
    ec2.send(new DescribeAvailabilityZonesCommand({ AllAvailabilityZones: true }), { abortSignal }),
  );
  return mapAnswer(answer, ({ AvailabilityZones = [] }) =>
    AvailabilityZones.map(({ ZoneName = "", ZoneId = "", ZoneType = "", State = "", OptInStatus }) => ({
      name: ZoneName,
      id: ZoneId,
      type: ZoneType,
      state: State,
      enabled: OptInStatus !== "not-opted-in",
    })),
  );
}

export function judgeZones({ provider }: EksClusterConfig, zones: Answer<readonly Zone[]>): readonly Finding[] {
  const check = "zones";
  if (!zones.ok) return [unansweredFinding(check, zones.refusal, zones.permission)];
  const usable = zones.value.filter((zone) => problemOf(zone) === undefined).map(({ name }) => name);
  const faulty = provider.availabilityZones.flatMap((name, index): readonly Finding[] => {
    const zone = zones.value.find((candidate) => candidate.name === name);
    const problem = zone === undefined ? `is no zone of ${provider.region} for this account` : problemOf(zone);
    if (problem === undefined) return [];
    return [
      {
        check,
        state: "failure",
        message: `${name} ${problem}`,
        path: ["provider", "availabilityZones", index],
        value: name,
        expected: `one of ${[...usable].sort().join(", ")}`,
        remedy: "choose another zone; of a cluster that is there, zones stay as they are",
      },
    ];
  });
  if (faulty.length > 0) return faulty;
  return [{ check, state: "ok", message: `${provider.availabilityZones.join(", ")} are available` }];
}

function problemOf({ id, type, state, enabled }: Zone): string | undefined {
  if (type !== "availability-zone") return `is a ${type}, where EKS puts no control plane`;
  if (WITHOUT_EKS.includes(id)) return `is ${id}, where EKS puts no control plane`;
  if (!enabled) return "is not enabled for this account";
  if (state !== "available") return `is ${state}`;
  return undefined;
}
