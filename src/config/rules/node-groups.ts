import type { Diagnostic } from "../diagnostics.js";
import { architectureOf } from "../instance-types.js";
import { minorOf } from "../../lib/minor-version.js";
import { nodeGroupSizes } from "../node-group-sizes.js";
import type { EksRule } from "./rule.js";

export const groupSizesAreInOrder: EksRule = ({ workers = [] }) =>
  workers.map(nodeGroupSizes).flatMap(({ count, minCount, maxCount }, index) => {
    const bounds = [
      { field: "minCount", bound: minCount, wrong: minCount > count, expected: `at most ${count}` },
      { field: "maxCount", bound: maxCount, wrong: maxCount < count, expected: `at least ${count}` },
    ];
    return bounds
      .filter(({ wrong }) => wrong)
      .map(({ field, bound, expected }): Diagnostic => ({
        path: ["workers", index, field],
        value: bound,
        problem: `does not go with \`count\`, ${count}`,
        expected: `${expected}: minCount ≤ count ≤ maxCount`,
        remedy: `change \`${field}\` or \`count\``,
      }));
  });

/** The nodes of a group start from one image. */
export const typesShareAnArchitecture: EksRule = ({ workers = [] }) =>
  workers.flatMap(({ instanceTypes }, group) => {
    const [first = "", ...others] = instanceTypes;
    const architecture = architectureOf(first);
    return others.flatMap((type, index): readonly Diagnostic[] => {
      if (architectureOf(type) === architecture) return [];
      return [
        {
          path: ["workers", group, "instanceTypes", index + 1],
          value: type,
          problem: `is ${architectureOf(type)}, and ${first} is ${architecture}: a group has one machine image`,
          expected: `types of ${architecture} beside ${first}`,
          remedy: "give it a group of its own, or remove it",
        },
      ];
    });
  });

export const releaseIsOfAnAmazonImage: EksRule = ({ workers = [] }) =>
  workers.flatMap(({ ami, amiRelease }, index): readonly Diagnostic[] => {
    if (amiRelease === undefined || typeof ami === "string") return [];
    return [
      {
        path: ["workers", index, "amiRelease"],
        value: amiRelease,
        problem: "has no effect beside an image of yours, which its id names exactly",
        expected: "a release only beside al2023 or bottlerocket",
        remedy: "remove it, or choose an image that EKS maintains",
      },
    ];
  });

/** Releases of AL2023 are named after the kubelet that they hold; those of Bottlerocket after itself. */
export const releaseIsOfTheVersion: EksRule = ({ cluster, workers = [] }) =>
  workers.flatMap(({ ami, amiRelease }, index): readonly Diagnostic[] => {
    if (cluster === undefined || amiRelease === undefined || ami !== "al2023") return [];
    const minor = minorOf(cluster.kubernetes);
    if (minorOf(amiRelease) === minor) return [];
    return [
      {
        path: ["workers", index, "amiRelease"],
        value: amiRelease,
        problem: `holds Kubernetes ${minorOf(amiRelease)}, and \`cluster.kubernetes\` is ${cluster.kubernetes}`,
        expected: `a release of ${minor}`,
        remedy: "change the two together",
      },
    ];
  });
