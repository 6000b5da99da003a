/** PriorityClasses of the platform, below those that Kubernetes has for itself; the policies' chart makes them. */
export type Priority = "platform-critical" | "platform";
