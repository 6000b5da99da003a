import type { k8s } from "cdk8s-plus-27";

const READ = ["get", "list", "watch"];

/** ConfigMap in which it tells what it does. */
export const STATUS = "cluster-autoscaler-status";

/**
 * What it may ask for in the whole cluster: to see what the scheduler sees, to drain nodes, and to taint them.
 *
 * Left out of what upstream grants: groups of the API and locks of leader election that Kubernetes no longer has, and to change
 * jobs, which it never does.
 * Source: github.com/kubernetes/autoscaler, cluster-autoscaler/cloudprovider/aws/examples/cluster-autoscaler-autodiscover.yaml
 */
export const autoscalerRights: readonly k8s.PolicyRule[] = [
  { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
  { apiGroups: [""], resources: ["pods/eviction"], verbs: ["create"] },
  { apiGroups: [""], resources: ["pods/status"], verbs: ["update"] },
  { apiGroups: [""], resources: ["nodes"], verbs: [...READ, "update"] },
  {
    apiGroups: [""],
    resources: [
      "namespaces",
      "persistentvolumeclaims",
      "persistentvolumes",
      "pods",
      "replicationcontrollers",
      "services",
    ],
    verbs: READ,
  },
  { apiGroups: ["apps"], resources: ["daemonsets", "replicasets", "statefulsets"], verbs: READ },
  { apiGroups: ["batch"], resources: ["jobs"], verbs: READ },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: ["list", "watch"] },
  { apiGroups: ["resource.k8s.io"], resources: ["deviceclasses", "resourceclaims", "resourceslices"], verbs: READ },
  {
    apiGroups: ["storage.k8s.io"],
    resources: ["csidrivers", "csinodes", "csistoragecapacities", "storageclasses", "volumeattachments"],
    verbs: READ,
  },
];
