import { paginateDescribeInstanceTypeOfferings, paginateDescribeInstanceTypes } from "@aws-sdk/client-ec2";
import type { EksClusterConfig, NodeGroup } from "../../config/cluster-config.js";
import type { Finding } from "../finding.js";
import { ask, type Answer } from "./answer.js";
import type { AwsClients } from "./clients.js";
import { unansweredFinding } from "./refusal.js";

/** What AWS says of an instance type in a region. */
export interface InstanceType {
  readonly vcpus: number;
  readonly architectures: readonly string[];
  /** `on-demand`, `spot`, … */
  readonly usageClasses: readonly string[];
}

/** By name. */
export type InstanceTypes = ReadonlyMap<string, InstanceType>;
/** The zones that offer a type, by its name. */
export type Offerings = ReadonlyMap<string, readonly string[]>;

/** EC2's limit to the types of an answer. */
const pageSize = 100;
/** EC2's limit to the values of a filter. */
const TYPES_A_QUESTION = 200;

/** Those of `names` that the region knows. */
export async function findInstanceTypes({ ec2 }: AwsClients, names: readonly string[]): Promise<Answer<InstanceTypes>> {
  return ask("ec2:DescribeInstanceTypes", async (abortSignal) => {
    const found = new Map<string, InstanceType>();
    for (const values of slices([...new Set(names)])) {
      // Named in a filter, unknown types are left out; named otherwise, one of them fails the whole question.
      const filters = { Filters: [{ Name: "instance-type", Values: values }] };
      for await (const { InstanceTypes = [] } of paginateDescribeInstanceTypes({ client: ec2, pageSize }, filters, {
        abortSignal,
      })) {
        for (const { InstanceType: name = "", VCpuInfo, ProcessorInfo, SupportedUsageClasses = [] } of InstanceTypes) {
          found.set(name, {
            vcpus: VCpuInfo?.DefaultVCpus ?? 0,
            architectures: ProcessorInfo?.SupportedArchitectures ?? [],
            usageClasses: SupportedUsageClasses,
          });
        }
      }
    }
    return found;
  });
}

export async function findOfferings({ ec2 }: AwsClients, names: readonly string[]): Promise<Answer<Offerings>> {
  return ask("ec2:DescribeInstanceTypeOfferings", async (abortSignal) => {
    const zones = new Map<string, string[]>();
    for (const values of slices([...new Set(names)])) {
      const question = {
        LocationType: "availability-zone" as const,
        Filters: [{ Name: "instance-type", Values: values }],
      };
      const pages = paginateDescribeInstanceTypeOfferings({ client: ec2, pageSize }, question, { abortSignal });
      for await (const { InstanceTypeOfferings = [] } of pages) {
        for (const { InstanceType: name = "", Location = "" } of InstanceTypeOfferings) {
          zones.set(name, [...(zones.get(name) ?? []), Location]);
        }
      }
    }
    return zones;
  });
}

function* slices(names: readonly string[]): Generator<string[]> {
  for (let start = 0; start < names.length; start += TYPES_A_QUESTION) {
    yield names.slice(start, start + TYPES_A_QUESTION);
  }
}

export function judgeInstanceTypes(
  { provider, nodeGroups }: EksClusterConfig,
  types: Answer<InstanceTypes>,
  offerings: Answer<Offerings>,
): readonly Finding[] {
  const check = "instance types";
  const refused = [types, offerings].filter((answer) => !answer.ok);
  if (!types.ok || !offerings.ok) {
    return refused.map(({ refusal, permission }) => unansweredFinding(check, refusal, permission));
  }
  const faulty = nodeGroups.flatMap((group, index) =>
    group.instanceTypes.flatMap((name, at): readonly Finding[] => {
      const offered = offerings.value.get(name) ?? [];
      const missing = provider.availabilityZones.filter((zone) => !offered.includes(zone));
      const mistake =
        mistakeOf(name, types.value.get(name), group, provider.region) ??
        (missing.length === 0
          ? undefined
          : {
              problem: `is not offered in ${missing.join(", ")}`,
              expected: `a type that ${provider.availabilityZones.join(", ")} offer`,
              remedy: `choose another type${elsewhere(offered)}`,
            });
      if (mistake === undefined) return [];
      const { problem, ...rest } = mistake;
      const path = ["workers", index, "instanceTypes", at];
      return [{ check, state: "failure", message: `${name} ${problem}`, path, value: name, ...rest }];
    }),
  );
  if (faulty.length > 0) return faulty;
  const names = [...new Set(nodeGroups.flatMap(({ instanceTypes }) => instanceTypes))];
  return [{ check, state: "ok", message: `${names.join(", ")}: offered in every zone` }];
}

function elsewhere(zones: readonly string[]): string {
  return zones.length < 2 ? "" : `, or zones that offer this one: ${[...zones].sort().join(", ")}`;
}

function mistakeOf(name: string, type: InstanceType | undefined, group: NodeGroup, region: string) {
  if (type === undefined) {
    return {
      problem: `is no instance type of ${region}`,
      expected: "a type that EC2 has there",
      remedy: `see them: aws ec2 describe-instance-type-offerings --region ${region}`,
    };
  }
  if (!type.architectures.includes(group.architecture)) {
    return {
      problem: `has processors of ${type.architectures.join(", ")}`,
      expected: `${group.architecture}, as the group's other types and its image`,
      remedy: "choose types of one architecture",
    };
  }
  if (!type.usageClasses.includes(group.capacity)) {
    return {
      problem: `is not sold as ${group.capacity}`,
      expected: `a type that is: this one is sold as ${type.usageClasses.join(", ")}`,
      remedy: `choose another type, or another \`capacity\` for ${group.name}`,
    };
  }
  return undefined;
}
