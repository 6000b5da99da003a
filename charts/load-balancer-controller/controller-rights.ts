import type { k8s } from "cdk8s-plus-27";

const READ = ["get", "list", "watch"];
const CHANGE = ["patch", "update"];

/**
 * What it may ask for in the whole cluster: to see Services and Ingresses with what is behind them, and to write into them where
 * their balancers are.
 *
 * Left out of what upstream grants: the Gateway API, Global Accelerator and the agent of target control, which are switched off,
 * and a group of the API that Kubernetes no longer has.
 * Source: github.com/kubernetes-sigs/aws-load-balancer-controller, config/rbac/role.yaml
 */
export const controllerRights: readonly k8s.PolicyRule[] = [
  { apiGroups: [""], resources: ["endpoints", "namespaces", "nodes", "pods"], verbs: READ },
  { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: READ },
  { apiGroups: [""], resources: ["services"], verbs: [...READ, ...CHANGE] },
  { apiGroups: [""], resources: ["pods/status", "services/status"], verbs: CHANGE },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses"], verbs: [...READ, ...CHANGE] },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses/status"], verbs: CHANGE },
  { apiGroups: ["networking.k8s.io"], resources: ["ingressclasses"], verbs: READ },
  { apiGroups: ["elbv2.k8s.aws"], resources: ["ingressclassparams"], verbs: READ },
  {
    apiGroups: ["elbv2.k8s.aws"],
    resources: ["targetgroupbindings"],
    verbs: [...READ, "create", "delete", ...CHANGE],
  },
  { apiGroups: ["elbv2.k8s.aws"], resources: ["targetgroupbindings/status"], verbs: CHANGE },
  // It keeps there which targets of a group that several clusters share are its own.
  { apiGroups: [""], resources: ["configmaps"], verbs: ["get", "create", "update", "delete"] },
  { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
];
