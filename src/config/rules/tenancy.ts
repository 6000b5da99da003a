import type { Diagnostic } from "../diagnostics.js";
import { totalOf } from "../quotas.js";
import type { OpenStackSections } from "../schema/bootstrap.js";
import { nodeSets, type NodeSet } from "./node-sets.js";
import type { OpenStackRule } from "./rule.js";

const UNLIMITED = -1;

/** An application credential belongs to whoever makes it: with one entry for both it would be the cloud admin's. */
export const adminIsNotTheServiceAccount: OpenStackRule = ({ provider }) => {
  if (provider?.tenancy.manage !== true || provider.tenancy.adminCloud !== provider.cloud) return [];
  return [
    {
      path: ["provider", "tenancy", "adminCloud"],
      value: provider.tenancy.adminCloud,
      problem: "is `provider.cloud` too: the cluster would run with a cloud admin's credentials",
      expected: "two entries of clouds.yaml: the cloud admin's and the service account's",
      remedy: "name the entry of the cloud admin here, and the service account's in `provider.cloud`",
    },
  ];
};

type Figure = "instances" | "cores" | "ramGiB";

/** Undefined where the size of a flavor is not known. */
function needs(sets: readonly NodeSet[]): Readonly<Record<Figure, number | undefined>> {
  const servers = sets.map(({ size, spec: { flavor } }) => ({ size, flavor }));
  return {
    instances: sets.reduce((sum, { size }) => sum + size, 0),
    cores: totalOf(servers, "vcpus"),
    ramGiB: totalOf(servers, "ramGiB"),
  };
}

function everyNodeIsKnown({ etcd, controlPlane, workers }: Partial<OpenStackSections>): boolean {
  return etcd !== undefined && controlPlane !== undefined && workers !== undefined;
}

export const quotasHoldTheCluster: OpenStackRule = (sections) => {
  const tenancy = sections.provider?.tenancy;
  if (tenancy?.manage !== true || !everyNodeIsKnown(sections)) return [];
  const needed = needs(nodeSets(sections));
  return (Object.keys(needed) as Figure[]).flatMap((figure): readonly Diagnostic[] => {
    const quota = tenancy.quotas[figure];
    const least = needed[figure];
    if (quota === undefined || least === undefined || quota === UNLIMITED || quota >= least) return [];
    return [
      {
        path: ["provider", "tenancy", "quotas", figure],
        value: quota,
        problem: `is less than the cluster's own servers take, ${least}`,
        expected: `more than ${least}: replacing a server needs room for one beside it`,
        remedy: "remove it to take a quota with room to grow, or write -1 for no limit",
      },
    ];
  });
};
