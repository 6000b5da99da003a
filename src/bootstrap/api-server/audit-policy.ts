const SECRETIVE = [
  { group: "", resources: ["secrets", "configmaps", "serviceaccounts/token"] },
  { group: "authentication.k8s.io", resources: ["tokenreviews"] },
];

/**
 * What the API server writes to its audit log. First match wins: what may hold secrets is logged without its
 * content, noise is left out, changes are logged with what was asked, reading with who and what only.
 * Source: kubernetes.io/docs/tasks/debug/debug-cluster/audit
 */
export const auditPolicy = {
  apiVersion: "audit.k8s.io/v1",
  kind: "Policy",
  omitStages: ["RequestReceived"],
  omitManagedFields: true,
  rules: [
    { level: "None", nonResourceURLs: ["/healthz*", "/livez*", "/readyz*", "/version", "/openapi*", "/metrics"] },
    // Before all that leaves something out: whoever reads a Secret is in the log.
    { level: "Metadata", resources: SECRETIVE },
    { level: "None", users: ["system:serviceaccount:kube-system:kube-proxy"], verbs: ["watch"] },
    { level: "None", resources: [{ group: "", resources: ["events"] }, { group: "events.k8s.io" }] },
    {
      level: "None",
      userGroups: ["system:nodes", "system:serviceaccounts:kube-system"],
      resources: [{ group: "coordination.k8s.io", resources: ["leases"] }],
    },
    {
      level: "None",
      users: ["system:kube-controller-manager", "system:kube-scheduler", "system:apiserver"],
      verbs: ["get", "list", "watch", "update", "patch"],
      resources: [{ group: "coordination.k8s.io", resources: ["leases"] }],
    },
    { level: "None", userGroups: ["system:nodes"], verbs: ["get", "list", "watch"], resources: [{ group: "" }] },
    { level: "Metadata", verbs: ["get", "list", "watch"] },
    { level: "Request", verbs: ["create", "update", "patch", "delete", "deletecollection"] },
    { level: "Metadata" },
  ],
} as const;

/** The log's flags: about 1.1 GB at most on a controller, and no line older than 30 days. */
export const auditLogFlags = {
  "audit-log-maxage": "30",
  "audit-log-maxbackup": "10",
  "audit-log-maxsize": "100",
} as const;
