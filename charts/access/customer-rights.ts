/** What a role allows, by groups of the API. */
export interface Rights {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
}

/** Custom resources of managed services that users keep in namespaces of their own, beside the workloads of Kubernetes. */
export const servicesOfUsers: readonly Rights[] = [
  {
    apiGroups: ["monitoring.coreos.com"],
    resources: ["podmonitors", "probes", "prometheusrules", "servicemonitors"],
  },
  { apiGroups: ["cert-manager.io"], resources: ["certificaterequests", "certificates", "issuers"] },
  { apiGroups: ["snapshot.storage.k8s.io"], resources: ["volumesnapshots"] },
];

/** Of the cluster as a whole, what users need to see to choose a class or to understand why a pod waits. */
export const clusterOfUsers: readonly Rights[] = [
  { apiGroups: [""], resources: ["namespaces", "nodes", "persistentvolumes"] },
  { apiGroups: ["metrics.k8s.io"], resources: ["nodes", "pods"] },
  { apiGroups: ["networking.k8s.io"], resources: ["ingressclasses"] },
  { apiGroups: ["scheduling.k8s.io"], resources: ["priorityclasses"] },
  { apiGroups: ["snapshot.storage.k8s.io"], resources: ["volumesnapshotclasses"] },
  { apiGroups: ["storage.k8s.io"], resources: ["storageclasses"] },
];

/**
 * What an editor of the whole cluster changes. Not the built-in `edit`: across the cluster that reads every Secret, of the
 * managed namespaces too, and acts as every service account.
 */
export const workloadsOfUsers: readonly Rights[] = [
  {
    apiGroups: [""],
    resources: [
      "configmaps",
      "persistentvolumeclaims",
      "pods",
      "replicationcontrollers",
      "serviceaccounts",
      "services",
    ],
  },
  { apiGroups: [""], resources: ["pods/eviction", "replicationcontrollers/scale"] },
  { apiGroups: ["apps"], resources: ["daemonsets", "deployments", "replicasets", "statefulsets"] },
  { apiGroups: ["apps"], resources: ["deployments/scale", "replicasets/scale", "statefulsets/scale"] },
  { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"] },
  { apiGroups: ["batch"], resources: ["cronjobs", "jobs"] },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses", "networkpolicies"] },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"] },
];
