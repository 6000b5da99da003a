import type { Diagnostic } from "../diagnostics.js";
import type { EksRule } from "./rule.js";

/** Of public networks a cluster's endpoint. docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
const PUBLIC_NETWORKS = 40;
/** Rules of a security group that let in: Amazon's 60, without those between the cluster's own groups. */
const GROUP_RULES = 50;
/** Each network that reaches the ingress needs one for http and one for https. */
const INGRESS_RULES = 2;

/** Amazon refuses more when it is too late: in the middle of an apply. */
export const networksAreWithinAmazonsLimits: EksRule = ({ provider, network }) => {
  const lists = [
    { path: ["provider", "endpoint", "allowedCidrs"], list: provider?.endpoint.allowedCidrs, most: PUBLIC_NETWORKS },
    { path: ["provider", "endpoint", "connectedCidrs"], list: provider?.endpoint.connectedCidrs, most: GROUP_RULES },
    { path: ["network", "ingressAllowedCidrs"], list: network?.ingressAllowedCidrs, most: GROUP_RULES / INGRESS_RULES },
  ];
  return lists.flatMap(({ path, list = [], most }): readonly Diagnostic[] =>
    list.length <= most
      ? []
      : [
          {
            path,
            problem: `names ${list.length} networks, more than Amazon takes`,
            expected: `at most ${most}`,
            remedy: "join networks that lie side by side, or open to a larger one",
          },
        ],
  );
};

/** What the name of a security group, or of a bucket, must not begin with: the cluster's name begins both. */
const RESERVED_PREFIXES = ["sg-", "xn--", "sthree-", "amzn-"];

export const nameIsNotAmazons: EksRule = ({ cluster }) => {
  const prefix = RESERVED_PREFIXES.find((reserved) => cluster?.name.startsWith(reserved));
  if (cluster === undefined || prefix === undefined) return [];
  return [
    {
      path: ["cluster", "name"],
      value: cluster.name,
      problem: `begins with ${prefix}, which Amazon keeps for itself`,
      expected: `a name that begins with none of ${RESERVED_PREFIXES.join(", ")}`,
      remedy: "choose another name",
    },
  ];
};
