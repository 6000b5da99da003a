export interface WrittenKinds {
  readonly group: string;
  readonly version: string;
  /** Of the lock. */
  readonly bundle: string;
  readonly kinds: readonly string[];
}

/** The custom resources that charts write, and so have types: see generated/. A kind more here is one more to review there. */
export const writtenKinds: readonly WrittenKinds[] = [
  {
    group: "monitoring.coreos.com",
    version: "v1",
    bundle: "prometheus-operator",
    kinds: ["Prometheus", "Alertmanager", "PrometheusRule", "ServiceMonitor", "PodMonitor", "Probe"],
  },
  {
    group: "monitoring.coreos.com",
    version: "v1alpha1",
    bundle: "prometheus-operator",
    kinds: ["AlertmanagerConfig"],
  },
  {
    group: "cert-manager.io",
    version: "v1",
    bundle: "cert-manager",
    kinds: ["Certificate", "Issuer", "ClusterIssuer"],
  },
  {
    group: "snapshot.storage.k8s.io",
    version: "v1",
    bundle: "external-snapshotter",
    kinds: ["VolumeSnapshotClass"],
  },
  {
    group: "crd.projectcalico.org",
    version: "v1",
    bundle: "calico",
    kinds: ["IPPool", "FelixConfiguration", "KubeControllersConfiguration"],
  },
  {
    group: "elbv2.k8s.aws",
    version: "v1beta1",
    bundle: "aws-load-balancer-controller",
    kinds: ["IngressClassParams"],
  },
  {
    group: "velero.io",
    version: "v1",
    bundle: "velero",
    kinds: ["Schedule", "BackupStorageLocation", "VolumeSnapshotLocation"],
  },
];
