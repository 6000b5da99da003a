/** The platform's own labels begin so. */
export const PREFIX = "kaas.rackspace.com/";

/** Its value on every object that the platform owns: {@link PLATFORM}. */
export const OWNER_LABEL = `${PREFIX}owner`;
export const PLATFORM = "platform";

/** On every object of the platform. Policies know by them what is its own among the cluster-wide objects. */
export const ownerLabels = { "app.kubernetes.io/managed-by": "kaas", [OWNER_LABEL]: PLATFORM } as const;

/** "true" on namespaces that the platform looks after: by it policies know them. */
export const MANAGED_NAMESPACE_LABEL = `${PREFIX}managed-namespace`;

/** "allowed" on a namespace of users whose pods may do what others may not. */
export const PRIVILEGED_PODS_LABEL = `${PREFIX}privileged-pods`;
export const PRIVILEGED_PODS_ALLOWED = "allowed";

/**
 * "customer" on a namespace of users whose metrics the customers' Prometheus reads. Who has the namespace gives it; on a managed
 * one it means nothing.
 */
export const MONITORING_LABEL = `${PREFIX}monitoring`;
export const MONITORED_BY_CUSTOMER = "customer";

/** Labels of namespaces that operators alone give and take: a policy follows from each. */
export const operatorsLabels = [OWNER_LABEL, MANAGED_NAMESPACE_LABEL, PRIVILEGED_PODS_LABEL] as const;

/** Selects the namespaces that the platform looks after. */
export const managedNamespaces = { matchLabels: { [MANAGED_NAMESPACE_LABEL]: "true" } } as const;

/** Selects the namespaces of users that the customers' Prometheus reads. */
export const customerMonitoredNamespaces = {
  matchLabels: { [MONITORING_LABEL]: MONITORED_BY_CUSTOMER },
  matchExpressions: [{ key: MANAGED_NAMESPACE_LABEL, operator: "DoesNotExist" }],
} as const;
