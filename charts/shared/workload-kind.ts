import type { k8s } from "cdk8s-plus-27";

/** A disk that each pod of a StatefulSet has for itself, and keeps when it is made anew. */
export interface VolumeClaim {
  /** By which containers mount it, as a volume of this name. */
  readonly name: string;
  readonly sizeGiB: number;
  /** @default - the cluster's default */
  readonly storageClass?: string;
}

/** How many of a workload's pods there are, and for how long. */
export type WorkloadKind =
  | {
      readonly type: "Deployment";
      readonly replicas: number;
      /** Whether the old pod ends before the new one begins: for what must not run twice. @default false */
      readonly recreate?: boolean;
    }
  | {
      readonly type: "StatefulSet";
      readonly replicas: number;
      /** @default - none */
      readonly volumeClaims?: readonly VolumeClaim[];
      /** Whether the pods of a start or an update wait for each other. @default true */
      readonly ordered?: boolean;
    }
  /** One on every node that it fits. */
  | {
      readonly type: "DaemonSet";
      /** How many nodes an update may leave without it at a time. @default 1 */
      readonly maxUnavailable?: number | `${number}%`;
    }
  | {
      readonly type: "CronJob";
      /** `0 3 * * *`, UTC. */
      readonly schedule: string;
      /** Seconds after which a run is ended. */
      readonly deadlineSeconds: number;
    };

/** Where its pods may be. */
export interface Placement {
  /** Labels of their nodes, beside the operating system. @default - any */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Taints of nodes that they bear. @default - none */
  readonly tolerations?: readonly k8s.Toleration[];
  /** Whether two of them never share a node, at the price that one waits when nodes are missing. @default false */
  readonly neverTogether?: boolean;
}

/** Bears every taint: for what a node is no node without. */
export const everyTaint: readonly k8s.Toleration[] = [{ operator: "Exists" }];

/** The nodes of the control plane, which bear no other pods. */
export const onControllers: Placement = {
  nodeSelector: { "node-role.kubernetes.io/control-plane": "" },
  tolerations: everyTaint,
};
