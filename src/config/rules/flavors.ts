import type { Diagnostic } from "../diagnostics.js";
import { ROOT_DISK_MINIMUM_GIB } from "../schema/nodes.js";
import { controllerSet, nodeSets } from "./node-sets.js";
import type { OpenStackRule } from "./rule.js";

/** kubeadm's preflight asks for 2 CPUs and 1700 MB; memory is given in whole GiB here. */
const CONTROLLER_MINIMUM = { vcpus: 2, ramGiB: 2 } as const;

/** A flavor that is given by its name alone has a shape that only the cloud knows: `validate --online` asks for it. */
export const controllersCarryKubeadm: OpenStackRule = (sections) => {
  const set = controllerSet(sections);
  const shape = set?.spec.flavor;
  if (set === undefined || shape === undefined || typeof shape === "string") return [];
  return (["vcpus", "ramGiB"] as const)
    .filter((field) => shape[field] < CONTROLLER_MINIMUM[field])
    .map((field): Diagnostic => ({
      path: [...set.path, "flavor", field],
      value: shape[field],
      problem: "is less than kubeadm accepts of a controller",
      expected: `at least ${CONTROLLER_MINIMUM[field]}`,
      remedy: "take a larger flavor; 2 virtual CPUs and 8 GiB serve a small cluster",
    }));
};

export const serversHaveARootDisk: OpenStackRule = (sections) =>
  nodeSets(sections).flatMap(({ path, spec }): readonly Diagnostic[] => {
    const { flavor, rootVolume } = spec;
    if (typeof flavor === "string" || rootVolume !== undefined || flavor.diskGiB >= ROOT_DISK_MINIMUM_GIB) return [];
    return [
      {
        path: [...path, "flavor", "diskGiB"],
        value: flavor.diskGiB,
        problem: "holds no operating system, and there is no `rootVolume`",
        expected: `at least ${ROOT_DISK_MINIMUM_GIB}, or a \`rootVolume\` beside the flavor`,
        remedy: "add `rootVolume: {sizeGiB: 40}`, or take a flavor with a larger disk",
      },
    ];
  });
