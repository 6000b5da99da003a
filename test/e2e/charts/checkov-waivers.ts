import { type Rule } from "../../../charts/shared/deviations.js";

/** A finding of checkov that is right as it is. */
export interface Waiver {
  readonly check: string;
  /** Kind, namespace and name. @default - whatever has the finding */
  readonly objects?: readonly string[];
  readonly reason: string;
}

/** Checks that a workload breaks with a reason of its own, which stands on it as an annotation: by the rule that the reason is for. */
export const declaredRules: Readonly<Record<string, readonly Rule[]>> = {
  CKV_K8S_8: ["probes"],
  CKV_K8S_9: ["probes"],
  CKV_K8S_16: ["no-privileges"],
  CKV_K8S_17: ["no-host-processes"],
  CKV_K8S_19: ["no-host-network"],
  CKV_K8S_20: ["no-privileges"],
  CKV_K8S_22: ["read-only-root"],
  CKV_K8S_23: ["non-root"],
  CKV_K8S_25: ["no-capabilities"],
  CKV_K8S_28: ["no-capabilities", "no-privileges"],
  CKV_K8S_37: ["no-capabilities", "no-privileges"],
  CKV_K8S_40: ["non-root"],
};

/** Of every image alike, so that they say nothing of a manifest: left out of the share that passes. */
export const imageWaivers: readonly Waiver[] = [
  {
    check: "CKV_K8S_43",
    reason:
      "a digest stands where the lock file of images has one, which is filled where their registries can be reached",
  },
  {
    check: "CKV_K8S_15",
    reason:
      "tags of exact versions do not move; a node that must ask for each start could start nothing while a registry is away",
  },
];

const exporters = [
  "elasticsearch-exporter",
  "harbor-database-exporter",
  "harbor-redis-exporter",
  "kubernetes-auth-database-exporter",
];

export const waivers: readonly Waiver[] = [
  {
    check: "CKV_K8S_38",
    reason: "a token is mounted only where the workload's service account has rights; one without has none",
  },
  {
    check: "CKV_K8S_35",
    objects: [...exporters, "grafana"].map((name) => `Deployment.rackspace-system.${name}`),
    reason: "the program takes these settings from its environment alone",
  },
  {
    check: "CKV_K8S_40",
    objects: ["Deployment.rackspace-system.calico-kube-controllers", "Deployment.rackspace-system.grafana"],
    reason:
      "the image's own user, whose files it has; pods of the restricted level share no user with the node's files",
  },
  {
    check: "CKV_K8S_21",
    objects: ["Role.default.rackspace:prometheus-k8s", "RoleBinding.default.rackspace:prometheus-k8s"],
    reason: "the Service of the API servers is there, and Prometheus finds them by it",
  },
  {
    check: "CKV_K8S_155",
    objects: ["ClusterRole.default.rackspace:cert-manager-cainjector"],
    reason: "it writes the authority of webhooks' certificates into their configurations",
  },
];
