import { distributions, dnsManagement, hasOctavia } from "../distributions.js";
import { controllerSet } from "./node-sets.js";
import type { OpenStackRule } from "./rule.js";

export const octaviaIsThere: OpenStackRule = ({ provider }) => {
  if (provider?.api.topology !== "octavia" || hasOctavia(provider)) return [];
  return [
    {
      path: ["provider", "api", "topology"],
      value: "octavia",
      problem:
        provider.octavia === false
          ? "needs Octavia, which `provider.octavia: false` denies"
          : `needs Octavia, which ${distributions[provider.distribution].title} comes without`,
      expected: "a topology that this cloud can carry",
      remedy: "choose virtual-ip, or set `provider.octavia: true` if the cloud does run Octavia",
    },
  ];
};

/** A floating IP a controller is one API only by the round-robin record that names them all. */
export const usersHaveOneName: OpenStackRule = (sections) => {
  const { provider } = sections;
  const controllers = controllerSet(sections);
  if (provider?.api.topology !== "floating-ips" || controllers === undefined) return [];
  if (controllers.size <= 1 || dnsManagement(provider) !== "none") return [];
  return [
    {
      path: ["provider", "api", "topology"],
      value: "floating-ips",
      problem: `gives ${controllers.size} controllers an address each, and no managed DNS joins them under one name`,
      expected: "managed DNS records, or a topology with one address",
      remedy: hasOctavia(provider)
        ? "set `provider.dns.manage` to zone or records, or choose octavia or virtual-ip"
        : "choose virtual-ip, or set `provider.dns.manage` to zone or records if the cloud has Designate",
    },
  ];
};
