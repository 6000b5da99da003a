import type { Diagnostic } from "../diagnostics.js";
import { dnsManagement } from "../distributions.js";
import { apiHostsOf, AUTH_SERVICE, clusterDomainOf } from "../host-names.js";
import { nodeKey, ordinalsOf } from "../nodes.js";
import type { EksSections, OpenStackSections } from "../schema/bootstrap.js";
import { WORKER_DEFAULT_COUNT } from "../schema/nodes.js";
import { TENANCY_SUFFIX } from "../stack-names.js";
import type { CommonRule, OpenStackRule } from "./rule.js";
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

export const nameIsNoTenancy: CommonRule = ({ cluster }) => {
  if (cluster?.name.endsWith(TENANCY_SUFFIX) !== true) return [];
  return [
    {
      path: ["cluster", "name"],
      value: cluster.name,
      expected: `a name that does not end with ${TENANCY_SUFFIX}`,
      remedy: "choose another name: the stacks of tenancies are named so",
    },
  ];
};

export const zoneHoldsTheCluster: OpenStackRule = ({ cluster, provider }) => {
  if (cluster === undefined || provider?.dns.zone === undefined || dnsManagement(provider) === "none") return [];
  const { zone } = provider.dns;
  const clusterZone = `${clusterDomainOf(cluster)}.`;
  if (clusterZone === zone || clusterZone.endsWith(`.${zone}`)) return [];
  return [
    {
      path: ["provider", "dns", "zone"],
      value: zone,
      problem: `does not hold the cluster's domain, ${clusterZone}`,
      expected: "the cluster's domain or one above it",
      remedy: `write ${clusterZone} or ${cluster.domain}.`,
    },
  ];
};

export const zoneIsManaged: OpenStackRule = ({ provider }) => {
  if (provider?.dns.zone === undefined || dnsManagement(provider) !== "none") return [];
  return [
    {
      path: ["provider", "dns", "zone"],
      value: provider.dns.zone,
      problem:
        provider.dns.manage === "none"
          ? "has no effect beside `manage: none`"
          : `has no effect: on ${provider.distribution} \`manage\` is none unless you say otherwise`,
      expected: "a zone only where KaaS manages records",
      remedy: "set `provider.dns.manage` to zone or records, or remove `zone`",
    },
  ];
};
