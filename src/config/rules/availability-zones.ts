import type { Diagnostic } from "../diagnostics.js";
import type { EksRule } from "./rule.js";

export const zonesAreTwoOrThree: EksRule = ({ provider }) => {
  if (provider === undefined || [2, 3].includes(provider.availabilityZones.length)) return [];
  return [
    {
      path: ["provider", "availabilityZones"],
      value: provider.availabilityZones,
      expected: "two or three zones: EKS wants two, and each has subnets of its own",
      remedy: `write them like [${provider.region}a, ${provider.region}b]`,
    },
  ];
};

export const zonesAreInTheRegion: EksRule = ({ provider }) =>
  (provider?.availabilityZones ?? []).flatMap((zone, index): readonly Diagnostic[] => {
    if (provider === undefined || zone.slice(0, -1) === provider.region) return [];
    return [
      {
        path: ["provider", "availabilityZones", index],
        value: zone,
        problem: "is a zone of another region",
        expected: `a zone of ${provider.region}`,
        remedy: `write it like ${provider.region}${zone.at(-1)}, or change \`provider.region\``,
      },
    ];
  });

/** A zone's subnets stand in the VPC where its letter says: six eighths are the nodes', the seventh the balancers'. */
const LETTERS = ["a", "b", "c", "d", "e", "f"];

export const zonesHaveSubnets: EksRule = ({ provider }) =>
  (provider?.availabilityZones ?? []).flatMap((zone, index): readonly Diagnostic[] => {
    if (LETTERS.includes(zone.slice(-1))) return [];
    return [
      {
        path: ["provider", "availabilityZones", index],
        value: zone,
        problem: "has no subnets: their addresses follow from the zone's letter",
        expected: `a zone with one of the letters ${LETTERS.join(", ")}`,
        remedy: `write it like ${zone.slice(0, -1)}a`,
      },
    ];
  });
