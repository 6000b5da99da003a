import { DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { nearest } from "../../lib/nearest.js";
import type { Finding } from "../finding.js";
import { ask, mapAnswer, type Answer } from "./answer.js";
import type { AwsClients } from "./clients.js";
import { unansweredFinding } from "./refusal.js";

export interface Region {
  readonly name: string;
  /** Whether the account may use it. */
  readonly enabled: boolean;
}

/** Every region of the partition, used by the account or not. */
export async function findRegions({ home: { ec2 } }: AwsClients): Promise<Answer<readonly Region[]>> {
  const answer = await ask("ec2:DescribeRegions", (abortSignal) =>
    ec2.send(new DescribeRegionsCommand({ AllRegions: true }), { abortSignal }),
  );
  return mapAnswer(answer, ({ Regions = [] }) =>
    Regions.map(({ RegionName = "", OptInStatus }) => ({ name: RegionName, enabled: OptInStatus !== "not-opted-in" })),
  );
}

export function judgeRegion(region: string, regions: Answer<readonly Region[]>): Finding {
  const check = "region";
  if (!regions.ok) return unansweredFinding(check, regions.refusal, regions.permission);
  const place = { check, path: ["provider", "region"], value: region };
  const found = regions.value.find(({ name }) => name === region);
  const usable = regions.value.filter(({ enabled }) => enabled).map(({ name }) => name);
  if (found?.enabled === true) return { ...place, state: "ok", message: `${region} is enabled` };
  if (found === undefined) {
    const meant = nearest(region, usable);
    return {
      ...place,
      state: "failure",
      message: `AWS has no region ${region}`,
      expected: "a region that the account may use",
      remedy: meant === undefined ? `take one of ${[...usable].sort().join(", ")}` : `did you mean ${meant}?`,
    };
  }
  return {
    ...place,
    state: "failure",
    message: `the account has not opted in to ${region}`,
    expected: "a region that the account may use",
    remedy: `enable it, which takes minutes: aws account enable-region --region-name ${region}; or choose another`,
  };
}
