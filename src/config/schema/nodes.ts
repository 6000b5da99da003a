import { z } from "zod";
import { cloudName, labelKey, labelValue, name, wholeNumber } from "./primitives.js";

export const flavor = z
  .union([
    cloudName,
    z.strictObject({
      vcpus: wholeNumber(1, 512, "virtual CPUs").describe("Virtual CPUs."),
      ramGiB: wholeNumber(1, 8192, "GiB of memory").describe("Memory."),
      diskGiB: wholeNumber(0, 65536, "GiB of local disk").describe("Local disk; 0 needs a `rootVolume`."),
    }),
  ])
  .meta({
    hint: {
      expected: "a flavor's name, or its shape {vcpus, ramGiB, diskGiB}",
      remedy: "name a flavor of the cloud, or give the exact figures of one",
    },
  });

/** Flatcar's image fills 8.5 GiB; updates and logs need the rest. */
export const ROOT_DISK_MINIMUM_GIB = 10;

export const rootVolume = z.strictObject({
  sizeGiB: wholeNumber(ROOT_DISK_MINIMUM_GIB, 16384, "GiB").describe("Size of the volume."),
  type: cloudName.optional().describe("Cinder volume type. Default: the cloud's."),
});

const nodeSet = {
  rootVolume: rootVolume
    .optional()
    .describe("Boot from a Cinder volume of this size, for flavors without a local disk."),
};

/** `count` for numbers 0 to count-1, or the numbers themselves, so that one in the middle can be taken out. */
function members(maximum: number, defaultCount: number, noun: string) {
  return {
    count: wholeNumber(0, maximum, noun)
      .optional()
      .describe(`Number of ${noun}, numbered from 0. Default: ${defaultCount}.`),
    ordinals: z
      .array(wholeNumber(0, maximum - 1, "a node's number"))
      .optional()
      .describe(`The ${noun} by number, instead of \`count\`: \`[0, 2, 3]\` keeps 2 and 3 untouched without 1.`),
  };
}

export const ETCD_DEFAULT_COUNT = 5;
export const CONTROL_PLANE_DEFAULT_COUNT = 3;
export const WORKER_DEFAULT_COUNT = 3;
/** Fixed addresses are reserved for this many, see address-plan.ts. */
export const MAX_ETCD = 9;
export const MAX_CONTROLLERS = 9;
const MAX_WORKERS = 1000;

const dedicatedEtcd = z.strictObject({
  stacked: z.literal(false).optional().describe("etcd has nodes of its own. The default."),
  ...members(MAX_ETCD, ETCD_DEFAULT_COUNT, "etcd members"),
  flavor: flavor.default({ vcpus: 2, ramGiB: 4, diskGiB: 20 }).describe("Size of the etcd members."),
  volume: z
    .strictObject({
      sizeGiB: wholeNumber(1, 1024, "GiB")
        .default(20)
        .describe("Default 20: etcd's quota is 8 GiB, with room for snapshots and defragmentation."),
      type: cloudName.optional().describe("Cinder volume type; choose a fast one. Default: the cloud's."),
    })
    .prefault({})
    .describe("The Cinder volume that holds a member's data; it survives the server."),
  ...nodeSet,
});

const stackedEtcd = z.strictObject({
  stacked: z.literal(true).describe("etcd runs on the controllers: fewer servers, and both fail together."),
  volume: dedicatedEtcd.shape.volume,
});

export const etcdSchema = z.discriminatedUnion("stacked", [dedicatedEtcd, stackedEtcd]);

export const controlPlaneSchema = z.strictObject({
  ...members(MAX_CONTROLLERS, CONTROL_PLANE_DEFAULT_COUNT, "controllers"),
  flavor: flavor.default({ vcpus: 2, ramGiB: 8, diskGiB: 40 }).describe("Size of the controllers."),
  ...nodeSet,
});

export const taint = z.strictObject({
  key: labelKey.describe("Key that pods tolerate."),
  value: labelValue.optional().describe("Value that pods tolerate."),
  effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).describe("What befalls pods that do not."),
});

export const schedulingFields = {
  labels: z.record(labelKey, labelValue).default({}).describe("Labels of the pool's Kubernetes nodes."),
  taints: z.array(taint).default([]).describe("Taints of the pool's Kubernetes nodes."),
};

/** 15: `<cluster>-worker-<pool>-<ordinal>` stays below the 63 characters of a host name. */
export const poolName = name(15);

export const workerPool = z.strictObject({
  name: poolName
    .default("default")
    .describe("Nodes are named `worker-<n>` in the pool `default`, `worker-<pool>-<n>` in any other."),
  ...members(MAX_WORKERS, WORKER_DEFAULT_COUNT, "workers"),
  flavor: flavor.default({ vcpus: 4, ramGiB: 8, diskGiB: 40 }).describe("Size of the workers."),
  ...nodeSet,
  ...schedulingFields,
});

export const workersSchema = z.array(workerPool).default(() => [workerPool.parse({})]);
