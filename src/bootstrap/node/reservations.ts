import type { Flavor } from "../../config/cluster-config.js";

/** What a kubelet keeps from pods, in Kubernetes' quantities. */
export interface Reservations {
  readonly systemReserved: Readonly<Record<"cpu" | "memory" | "ephemeral-storage", string>>;
  readonly evictionHard: Readonly<Record<string, string>>;
}

const MIB_PER_GIB = 1024;

/** Shares of a resource that are reserved of each successive part of it. */
type Bands = readonly (readonly [size: number, share: number])[];

/** The shares that Google Kubernetes Engine documents: cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes */
const MEMORY_GIB: Bands = [
  [4, 0.25],
  [4, 0.2],
  [8, 0.1],
  [112, 0.06],
  [Infinity, 0.02],
];
const CPU: Bands = [
  [1, 0.06],
  [1, 0.01],
  [2, 0.005],
  [Infinity, 0.0025],
];

/** Taken when a flavor is known by name only: what a node of 4 CPUs and 8 GiB keeps. */
const UNKNOWN_SHAPE = { vcpus: 4, ramGiB: 8 };

/** What the operating system, containerd and the kubelet of a node of this flavor need. */
export function reservations(flavor: Flavor): Reservations {
  const { vcpus, ramGiB } = typeof flavor === "string" ? UNKNOWN_SHAPE : flavor;
  return {
    systemReserved: {
      cpu: `${Math.ceil(share(vcpus, CPU) * 1000)}m`,
      memory: `${Math.ceil(share(ramGiB, MEMORY_GIB) * MIB_PER_GIB)}Mi`,
      "ephemeral-storage": "1Gi",
    },
    evictionHard: {
      "memory.available": "100Mi",
      "nodefs.available": "10%",
      "imagefs.available": "15%",
      "nodefs.inodesFree": "5%",
    },
  };
}

function share(amount: number, bands: Bands): number {
  let left = amount;
  let reserved = 0;
  for (const [size, part] of bands) {
    reserved += Math.min(left, size) * part;
    left -= Math.min(left, size);
  }
  return reserved;
}
