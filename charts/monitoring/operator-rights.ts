import { KUBE_SYSTEM_NAMESPACE, SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import type { Rights } from "../shared/service-account.js";

const MONITORING = "monitoring.coreos.com";
const read = ["get", "list", "watch"];
const change = [...read, "create", "update", "patch", "delete"];

/**
 * What the Prometheus Operator may do: less than upstream's ClusterRole, as it runs Prometheus and Alertmanager of one namespace
 * and neither Prometheus Agent nor Thanos Ruler, whose controllers it leaves off without rights to them.
 */
export const operatorRights: Rights = {
  cluster: [
    {
      apiGroups: [MONITORING],
      resources: ["podmonitors", "probes", "prometheusrules", "servicemonitors"],
      verbs: read,
    },
    // Those that a ServiceMonitor names, for a password or a certificate of its targets. None is listed.
    { apiGroups: [""], resources: ["configmaps", "secrets"], verbs: ["get"] },
    { apiGroups: [""], resources: ["namespaces"], verbs: read },
    { apiGroups: [""], resources: ["nodes"], verbs: ["list", "watch"] },
    { apiGroups: ["events.k8s.io"], resources: ["events"], verbs: ["create", "patch"] },
    { apiGroups: ["storage.k8s.io"], resources: ["storageclasses"], verbs: ["get"] },
  ],
  namespaces: {
    [SYSTEM_NAMESPACE]: [
      {
        apiGroups: [MONITORING],
        resources: ["alertmanagerconfigs", "alertmanagers", "prometheuses"],
        verbs: [...read, "update", "patch"],
      },
      {
        apiGroups: [MONITORING],
        resources: ["alertmanagers", "prometheuses"].flatMap((kind) => [`${kind}/finalizers`, `${kind}/status`]),
        verbs: ["update", "patch"],
      },
      { apiGroups: ["apps"], resources: ["statefulsets"], verbs: change },
      { apiGroups: [""], resources: ["configmaps", "secrets", "services"], verbs: change },
      { apiGroups: [""], resources: ["pods"], verbs: ["list"] },
    ],
    [KUBE_SYSTEM_NAMESPACE]: [
      { apiGroups: [""], resources: ["services"], verbs: ["get", "create", "update"] },
      { apiGroups: [""], resources: ["services/finalizers"], verbs: ["update"] },
      {
        apiGroups: ["discovery.k8s.io"],
        resources: ["endpointslices"],
        verbs: ["get", "list", "create", "update", "delete"],
      },
    ],
  },
};
