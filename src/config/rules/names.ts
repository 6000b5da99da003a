import type { Diagnostic } from "../diagnostics.js";
import { apiHostsOf, AUTH_SERVICE, clusterDomainOf } from "../host-names.js";
import { nodeKey, ordinalsOf } from "../nodes.js";
import type { EksSections, OpenStackSections } from "../schema/bootstrap.js";
import { WORKER_DEFAULT_COUNT } from "../schema/nodes.js";
import { IDENTITY_SUFFIX, TENANCY_SUFFIX } from "../stack-names.js";
import type { CommonRule } from "./rule.js";
import { isNodeGroup } from "./worker-groups.js";

/** RFC 1035, in the text form without the last dot. Labels are short by the schema's limits on names. */
const LONGEST_HOST_NAME = 253;
/** The longest host of a managed service. */
const LONGEST_SERVICE = AUTH_SERVICE;

/** Names of the workers within the cluster; on EKS Amazon names them. */
function workerKeys(sections: Partial<OpenStackSections> | Partial<EksSections>): readonly string[] {
  return (sections.workers ?? []).flatMap((group) =>
    isNodeGroup(group)
      ? []
      : ordinalsOf({ ...group, defaultCount: WORKER_DEFAULT_COUNT }).map((ordinal) =>
          nodeKey("worker", group.name, ordinal),
        ),
  );
}

export const hostNamesFit: CommonRule = (sections) => {
  const { cluster } = sections;
  if (cluster === undefined) return [];
  const clusterDomain = clusterDomainOf(cluster);
  const names = [
    apiHostsOf(clusterDomain).internal,
    ...[LONGEST_SERVICE, ...workerKeys(sections)].map((host) => `${host}.${clusterDomain}`),
  ];
  const longest = Math.max(...names.map((name) => name.length));
  if (longest <= LONGEST_HOST_NAME) return [];
  const diagnostic: Diagnostic = {
    path: ["cluster", "domain"],
    value: cluster.domain,
    problem: `makes host names of ${longest} characters`,
    expected: `host names of at most ${LONGEST_HOST_NAME} characters (RFC 1035)`,
    remedy: `take a domain that is at least ${longest - LONGEST_HOST_NAME} characters shorter`,
  };
  return [diagnostic];
};

/** Suffixes of the stacks that some clusters have beside their own, and what these are of. */
const OTHER_STACKS = [
  { suffix: TENANCY_SUFFIX, owners: "tenancies" },
  { suffix: IDENTITY_SUFFIX, owners: "issuers on EKS" },
];

/** Two stacks of one name would share a state: `demo-tenancy` is the tenancy's of a cluster `demo`. */
export const nameIsNoOtherStacks: CommonRule = ({ cluster }) =>
  OTHER_STACKS.filter(({ suffix }) => cluster?.name.endsWith(suffix)).map(({ suffix, owners }) => ({
    path: ["cluster", "name"],
    value: cluster?.name,
    expected: `a name that does not end with ${suffix}`,
    remedy: `choose another name: the stacks of ${owners} are named so`,
  }));
