import { Cidr } from "../../lib/cidr.js";
import type { Diagnostic } from "../diagnostics.js";
import type { EksRule } from "./rule.js";

/** Access entries are the only way in: whoever creates the cluster gets no right by that. */
export const somebodyAdministersTheCluster: EksRule = ({ provider }) => {
  if (provider === undefined || provider.adminRoleArns.length > 0) return [];
  return [
    {
      path: ["provider", "adminRoleArns"],
      value: provider.adminRoleArns,
      problem: "leaves nobody a right in the cluster, not even whoever creates it",
      expected: "at least one IAM role that administers it",
      remedy: "list your administrators' roles, like [arn:aws:iam::123456789012:role/platform-admins]",
    },
  ];
};

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
