import type { Diagnostic } from "../diagnostics.js";
import type { EksSections, OpenStackSections } from "../schema/bootstrap.js";
import { controllerSet, etcdSet, sizeField } from "./node-sets.js";
import type { CommonRule, EksRule, OpenStackRule } from "./rule.js";
import { CUSTOM_BUILD } from "./versions.js";
import { untainted } from "./worker-groups.js";

const OR_DEVELOPMENT = "or set `cluster.profile: development`";

function isProduction({ cluster }: Partial<OpenStackSections> | Partial<EksSections>): boolean {
  return cluster?.profile === "production";
}

export const productionEnforcesNetworkPolicies: OpenStackRule = (sections) => {
  if (!isProduction(sections) || sections.network?.cni !== "flannel") return [];
  return [
    {
      path: ["network", "cni"],
      value: "flannel",
      problem: "enforces no NetworkPolicy, which the production profile relies on",
      expected: "calico or canal",
      remedy: `choose canal to keep Flannel's overlay, ${OR_DEVELOPMENT}`,
    },
  ];
};

export const productionSurvivesALoss: OpenStackRule = (sections) => {
  if (!isProduction(sections)) return [];
  return [etcdSet(sections), controllerSet(sections)]
    .filter((set) => set !== undefined)
    .filter(({ size }) => size === 1)
    .map((set) => ({
      ...sizeField(set),
      problem: `a single ${set.role === "etcd" ? "etcd member" : "controller"} does not survive the loss of a server`,
      expected: "at least 3 in the production profile",
      remedy: `make it 3, ${OR_DEVELOPMENT}`,
    }));
};

export const productionUsesReleasedProviders: CommonRule = (sections) => {
  if (!isProduction(sections)) return [];
  return (["openstack", "aws"] as const)
    .filter((name) => sections.terraform?.providers[name] === CUSTOM_BUILD)
    .map((name): Diagnostic => ({
      path: ["terraform", "providers", name],
      value: CUSTOM_BUILD,
      problem: "is a build that nobody else can have",
      expected: "a released version in the production profile",
      remedy: `remove it to follow the catalogue, ${OR_DEVELOPMENT}`,
    }));
};

/** Amazon may take every spot node back at once, and the services' replicas with them. */
export const productionKeepsServicesOffSpot: EksRule = (sections) => {
  const groups = untainted(sections.workers ?? []).filter(({ count }) => count > 0);
  if (!isProduction(sections) || groups.length === 0) return [];
  if (groups.some(({ capacity }) => capacity === "on-demand")) return [];
  return [
    {
      path: ["workers"],
      problem: "leaves the managed services to spot nodes, which Amazon may take back all at once",
      expected: "a group of on-demand nodes without taints in the production profile",
      remedy: `add a group with \`capacity: on-demand\`, ${OR_DEVELOPMENT}`,
    },
  ];
};
