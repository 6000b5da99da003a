import type { k8s } from "cdk8s-plus-27";

const READ = ["get", "list", "watch"];

/**
 * What issues and renews certificates may ask for in the whole cluster.
 *
 * Left out of what upstream grants: the Gateway API, routes of OpenShift and requests of Kubernetes' own for certificates, which
 * cert-manager leaves alone unless it is told otherwise.
 * Source: github.com/cert-manager/cert-manager, deploy/charts/cert-manager/templates/rbac.yaml
 */
export const controllerRights: readonly k8s.PolicyRule[] = [
  {
    apiGroups: ["cert-manager.io"],
    resources: ["certificates", "certificaterequests"],
    verbs: [...READ, "create", "update", "patch", "delete"],
  },
  { apiGroups: ["cert-manager.io"], resources: ["issuers", "clusterissuers"], verbs: [...READ, "update", "patch"] },
  {
    apiGroups: ["cert-manager.io"],
    resources: ["certificates/status", "certificaterequests/status", "issuers/status", "clusterissuers/status"],
    verbs: ["update", "patch"],
  },
  {
    apiGroups: ["cert-manager.io"],
    resources: [
      "certificates/finalizers",
      "certificaterequests/finalizers",
      "issuers/finalizers",
      "clusterissuers/finalizers",
    ],
    verbs: ["update"],
  },
  {
    apiGroups: ["cert-manager.io"],
    resources: ["signers"],
    resourceNames: ["issuers.cert-manager.io/*", "clusterissuers.cert-manager.io/*"],
    verbs: ["approve"],
  },
  {
    apiGroups: ["acme.cert-manager.io"],
    resources: ["orders", "challenges"],
    verbs: [...READ, "create", "update", "patch", "delete"],
  },
  {
    apiGroups: ["acme.cert-manager.io"],
    resources: ["orders/status", "challenges/status"],
    verbs: ["update", "patch"],
  },
  {
    apiGroups: ["acme.cert-manager.io"],
    resources: ["orders/finalizers", "challenges/finalizers"],
    verbs: ["update"],
  },
  { apiGroups: [""], resources: ["secrets"], verbs: [...READ, "create", "update", "patch", "delete"] },
  { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
  // Challenges by HTTP are answered by a pod with a Service and an Ingress of its own.
  { apiGroups: [""], resources: ["pods", "services"], verbs: [...READ, "create", "delete"] },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses"], verbs: [...READ, "create", "update", "delete"] },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses/finalizers"], verbs: ["update"] },
];
