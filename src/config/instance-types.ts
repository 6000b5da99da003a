import type { Architecture } from "./cluster-config.js";

/** A family's letters, its generation, and what it has beside: `m7g.xlarge`, `c7gn.large`, `im4gn.4xlarge`. */
const FAMILY = /^(?<letters>[a-z]+?)(?<generation>\d+)(?<attributes>[a-z]*)/;

/**
 * What the processors of an EC2 instance type are, by its name: `g` behind the generation is Graviton.
 * Source: docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOf(instanceType: string): Architecture {
  const { letters, generation, attributes } = FAMILY.exec(instanceType)?.groups ?? {};
  // The first Graviton came before the letter; Grace Blackwell is an Arm of NVIDIA's.
  if ((letters === "a" && generation === "1") || instanceType.includes("-gb")) return "arm64";
  return attributes?.startsWith("g") === true ? "arm64" : "x86_64";
}
