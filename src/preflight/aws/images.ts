import { DescribeImagesCommand } from "@aws-sdk/client-ec2";
import type { EksClusterConfig } from "../../config/cluster-config.js";
import type { Finding } from "../finding.js";
import { ask, mapAnswer, type Answer } from "./answer.js";
import type { AwsClients } from "./clients.js";
import { unansweredFinding } from "./refusal.js";

export interface MachineImage {
  readonly architecture: string;
  /** `available`, `pending`, `deregistered`, … */
  readonly state: string;
}

/** By id. */
export type MachineImages = ReadonlyMap<string, MachineImage>;

/** The user's own images; those that EKS maintains need no check. */
export async function findImages({ ec2 }: AwsClients, config: EksClusterConfig): Promise<Answer<MachineImages>> {
  const ids = [...new Set(customImages(config).map(({ id }) => id))];
  if (ids.length === 0) return { ok: true, value: new Map() };
  // Named in a filter, unknown images are left out; named otherwise, one of them fails the whole question.
  const question = { Filters: [{ Name: "image-id", Values: ids }] };
  const answer = await ask("ec2:DescribeImages", (abortSignal) =>
    ec2.send(new DescribeImagesCommand(question), { abortSignal }),
  );
  return mapAnswer(
    answer,
    ({ Images = [] }) =>
      new Map(
        Images.map(({ ImageId = "", Architecture = "", State = "" }) => [
          ImageId,
          { architecture: Architecture, state: State },
        ]),
      ),
  );
}

export function judgeImages(config: EksClusterConfig, images: Answer<MachineImages>): readonly Finding[] {
  const check = "machine images";
  const used = customImages(config);
  if (used.length === 0) return [];
  if (!images.ok) return [unansweredFinding(check, images.refusal, images.permission)];
  const faulty = used.flatMap(({ id, index, architecture }): readonly Finding[] => {
    const mistake = mistakeOf(images.value.get(id), architecture, config.provider.region);
    if (mistake === undefined) return [];
    const { problem, ...rest } = mistake;
    const path = ["workers", index, "ami", "id"];
    return [{ check, state: "failure", message: `${id} ${problem}`, path, value: id, ...rest }];
  });
  if (faulty.length > 0) return faulty;
  const ids = [...new Set(used.map(({ id }) => id))];
  return [{ check, state: "ok", message: `${ids.join(", ")}: there, and of the right architecture` }];
}

function customImages({ nodeGroups }: EksClusterConfig) {
  return nodeGroups.flatMap(({ ami, architecture }, index) =>
    typeof ami === "string" ? [] : [{ id: ami.id, index, architecture }],
  );
}

function mistakeOf(image: MachineImage | undefined, architecture: string, region: string) {
  if (image === undefined) {
    return {
      problem: `is no image that this account may use in ${region}`,
      expected: "an image of the region, the account's own or shared with it",
      remedy: `copy it there (aws ec2 copy-image --region ${region} …), or have it shared`,
    };
  }
  if (image.state !== "available") {
    return {
      problem: `is ${image.state}`,
      expected: "an image that is available",
      remedy: "wait until it is, or name another",
    };
  }
  if (image.architecture !== architecture) {
    return {
      problem: `is for ${image.architecture}`,
      expected: `an image for ${architecture}, as the group's instance types`,
      remedy: "name an image of that architecture, or instance types of the image's",
    };
  }
  return undefined;
}
