import { Cidr } from "../../lib/cidr.js";
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

export const endpointIsOpenToSomebody: EksRule = ({ provider }) => {
  if (provider === undefined) return [];
  const { public: isPublic, allowedCidrs } = provider.endpoint;
  if (isPublic === allowedCidrs.length > 0) return [];
  const diagnostic: Diagnostic = isPublic
    ? {
        path: ["provider", "endpoint", "allowedCidrs"],
        value: allowedCidrs,
        problem: "is empty beside `public: true`: Amazon would open the API to the world",
        expected: "the ranges that may reach the API",
        remedy: "list them; write 0.0.0.0/0 if you do mean everybody",
      }
    : {
        path: ["provider", "endpoint", "allowedCidrs"],
        value: allowedCidrs,
        problem: "has no effect: the endpoint is private",
        expected: "ranges only beside `public: true`",
        remedy: "add `public: true`, or remove `allowedCidrs`",
      };
  return [diagnostic];
};

export const imagesReachNodesWithoutNat: EksRule = ({ provider, containerImages }) => {
  if (provider?.nat !== "none" || containerImages === undefined || containerImages.mirror !== undefined) return [];
  return [
    {
      path: ["provider", "nat"],
      value: "none",
      problem: "cuts the nodes off from public registries, and no mirror is named",
      expected: "`containerImages.mirror` beside `nat: none`",
      remedy: "add `containerImages: {mirror: …}` with a registry inside the VPC, or choose single or per-zone",
    },
  ];
};

export const groupSizesAreInOrder: EksRule = ({ workers = [] }) =>
  workers.flatMap(({ count, minCount = count, maxCount = count }, index) => {
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

const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html */
export const servicesAreInAPrivateRange: EksRule = ({ network }) => {
  if (network === undefined) return [];
  const services = Cidr.parse(network.serviceCidr);
  if (PRIVATE_RANGES.some((range) => Cidr.parse(range).includes(services))) return [];
  return [
    {
      path: ["network", "serviceCidr"],
      value: network.serviceCidr,
      problem: "is a network that EKS takes for no service",
      expected: `a network in ${PRIVATE_RANGES.join(", ")}`,
      remedy: "remove it to take 172.20.0.0/16, or choose another there",
    },
  ];
};

/** EKS associates one issuer with a cluster, and its API server has no token webhook: it is kubernetes-auth's. */
export const issuerIsKubernetesAuth: EksRule = ({ access }) => {
  if (access?.oidc === undefined) return [];
  return [
    {
      path: ["access", "oidc"],
      problem: "names a second issuer: EKS takes one, and it is kubernetes-auth",
      expected: "no `access.oidc` on EKS",
      remedy: "remove it; kubernetes-auth signs in the users of your other issuer",
    },
  ];
};

export const rebootWindowIsFlatcars: EksRule = ({ services }) => {
  if (services?.nodeUpdates.rebootWindow === undefined) return [];
  return [
    {
      path: ["services", "nodeUpdates", "rebootWindow"],
      problem: "has no effect: EKS replaces nodes, it does not reboot them",
      expected: "a reboot window on OpenStack only",
      remedy: "remove it",
    },
  ];
};
