import { dnsManagement } from "../distributions.js";
import { clusterDomainOf } from "../host-names.js";
import type { CommonRule } from "./rule.js";

export const zoneHoldsTheCluster: CommonRule = ({ cluster, provider }) => {
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

export const zoneIsManaged: CommonRule = ({ provider }) => {
  if (provider?.dns.zone === undefined || dnsManagement(provider) !== "none") return [];
  return [
    {
      path: ["provider", "dns", "zone"],
      value: provider.dns.zone,
      problem:
        provider.type === "openstack" && provider.dns.manage === undefined
          ? `has no effect: on ${provider.distribution} \`manage\` is none unless you say otherwise`
          : "has no effect beside `manage: none`",
      expected: "a zone only where KaaS manages records",
      remedy: "set `provider.dns.manage` to zone or records, or remove `zone`",
    },
  ];
};
