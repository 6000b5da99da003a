/**
 * Who goes first when nodes are full. Kubernetes' own classes stand above these: they begin at two thousand million, and no
 * other class can pass one thousand million.
 */
export const priorityClasses = {
  critical: {
    name: "platform-critical",
    value: 1_000_000_000,
    description: "What the cluster cannot do without: network, ingress, admission webhooks, sign-on.",
  },
  standard: { name: "platform", value: 900_000_000, description: "The other managed services." },
} as const;

/** Users' pods stay below it, or they would push out the platform's. */
export const LEAST_PLATFORM_PRIORITY = priorityClasses.standard.value;
