import { type Person } from "./person.js";

export interface Resource {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly generation?: number;
    readonly deletionTimestamp?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

export type Resources = Readonly<Record<string, string>>;

export interface Pod extends Resource {
  readonly spec: {
    readonly nodeName?: string;
    readonly containers: readonly { readonly resources?: { readonly requests?: Resources } }[];
    readonly initContainers?: readonly {
      readonly restartPolicy?: string;
      readonly resources?: { readonly requests?: Resources };
    }[];
  };
  readonly status: { readonly phase: string; readonly conditions?: readonly Condition[] };
}

/** A Deployment, a StatefulSet or a DaemonSet. */
export interface Workload extends Resource {
  readonly spec: { readonly replicas?: number };
  readonly status: {
    readonly observedGeneration?: number;
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
    readonly desiredNumberScheduled?: number;
    readonly numberReady?: number;
    readonly updatedNumberScheduled?: number;
  };
}

export interface Claim extends Resource {
  readonly spec: {
    readonly volumeName?: string;
    readonly storageClassName?: string;
    readonly accessModes: readonly string[];
    readonly volumeMode?: string;
    readonly resources: { readonly requests: Resources };
  };
}

export interface StorageClass extends Resource {
  readonly provisioner: string;
  readonly reclaimPolicy: string;
}

export interface Node extends Resource {
  readonly status: {
    readonly capacity: Resources;
    readonly allocatable: Resources;
    readonly conditions?: readonly Condition[];
  };
}

export interface DisruptionBudget extends Resource {
  readonly status: {
    readonly currentHealthy: number;
    readonly desiredHealthy: number;
    readonly expectedPods: number;
    readonly observedGeneration?: number;
  };
}

/** What a cluster has at a moment, by kind. */
export interface ClusterState {
  readonly nodes: readonly Node[];
  readonly pods: readonly Pod[];
  readonly workloads: readonly Workload[];
  readonly claims: readonly Claim[];
  readonly classes: readonly StorageClass[];
  readonly budgets: readonly DisruptionBudget[];
}

const WORKLOADS = ["deployments", "statefulsets", "daemonsets"];
const READ = ["nodes", "pods", ...WORKLOADS, "persistentvolumeclaims", "storageclasses", "poddisruptionbudgets"];

export async function readState(as: Person): Promise<ClusterState> {
  const answer = await as.do(["get", READ.join(","), "--all-namespaces", "--output", "json"]);
  const { items } = JSON.parse(answer) as { readonly items: readonly Resource[] };
  const of = <T extends Resource>(...kinds: readonly string[]) =>
    items.filter((item): item is T => kinds.includes(item.kind));
  return {
    nodes: of("Node"),
    pods: of("Pod"),
    workloads: of("Deployment", "StatefulSet", "DaemonSet"),
    claims: of("PersistentVolumeClaim"),
    classes: of("StorageClass"),
    budgets: of("PodDisruptionBudget"),
  };
}

/** `Deployment rackspace-system/metrics-server` */
export function title({ kind, metadata: { namespace, name } }: Resource): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

/** Workloads whose controllers are not done, and pods that are not Running: each with what keeps it. Empty when all is well. */
export function unsettled({ workloads, pods }: ClusterState): readonly string[] {
  return [
    ...workloads.filter((workload) => !isDone(workload)).map((workload) => `${title(workload)} is not ready`),
    ...pods.filter((pod) => !isWell(pod)).map((pod) => `${title(pod)}: ${pod.status.phase} ${reasonOf(pod)}`),
  ];
}

function isDone({ kind, metadata, spec, status }: Workload): boolean {
  if (status.observedGeneration !== metadata.generation) return false;
  const { desiredNumberScheduled = 0, updatedNumberScheduled = 0, numberReady = 0 } = status;
  if (kind === "DaemonSet")
    return numberReady === desiredNumberScheduled && updatedNumberScheduled === desiredNumberScheduled;
  const { replicas = 1 } = spec;
  const { readyReplicas = 0, updatedReplicas = 0 } = status;
  return readyReplicas === replicas && updatedReplicas === replicas;
}

/** Running and ready, or done. */
export function isWell({ metadata, status }: Pod): boolean {
  if (metadata.deletionTimestamp !== undefined) return false;
  return status.phase === "Succeeded" || (status.phase === "Running" && isTrue(status.conditions, "Ready"));
}

export function isTrue(conditions: readonly Condition[] | undefined, type: string): boolean {
  return conditions?.find((condition) => condition.type === type)?.status === "True";
}

/** Why the scheduler has no place for a pod; empty when it has one. */
export function reasonOf({ status }: Pod): string {
  const scheduled = status.conditions?.find(({ type }) => type === "PodScheduled");
  return scheduled?.status === "False" ? (scheduled.message ?? "") : "";
}

/** Pods that the scheduler has no place for. */
export function withoutPlace({ pods }: ClusterState): readonly Pod[] {
  return pods.filter((pod) => reasonOf(pod) !== "");
}

/** The workload that a pod is a replica of; undefined of pods of ReplicaSets, which are no workloads here, and of others. */
export function workloadOf({ workloads }: ClusterState, { metadata }: Pod): Workload | undefined {
  return workloads.find(
    (workload) =>
      workload.metadata.namespace === metadata.namespace &&
      metadata.ownerReferences?.some(({ kind, name }) => kind === workload.kind && name === workload.metadata.name) ===
        true,
  );
}
