/**
 * PriorityClasses: those that Kubernetes has, for what a node or a cluster is none without, and those of the platform, below them;
 * the priorities' chart makes these.
 */
export type Priority = "system-node-critical" | "system-cluster-critical" | "platform-critical" | "platform";
