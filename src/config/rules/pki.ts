import type { OpenStackRule } from "./rule.js";

export const certificatesEndBeforeTheirAuthority: OpenStackRule = ({ pki }) => {
  if (pki === undefined || pki.certificateValidityDays <= pki.caValidityDays) return [];
  return [
    {
      path: ["pki", "certificateValidityDays"],
      value: pki.certificateValidityDays,
      problem: `is longer than the authorities are valid, ${pki.caValidityDays} days`,
      expected: "at most `pki.caValidityDays`",
      remedy: "lower it, or raise `caValidityDays`",
    },
  ];
};
