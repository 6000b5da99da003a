/** Where things stand on a node. What is ours and has no place of its own elsewhere is below /etc/kaas. */
export const paths = {
  kaas: "/etc/kaas",
  kubeadm: "/etc/kaas/kubeadm",
  patches: "/etc/kaas/kubeadm/patches",
  discovery: "/etc/kaas/kubeadm/discovery.yaml",
  clusterCa: "/etc/kaas/ca.crt",
  cloudCa: "/etc/kaas/cloud-ca.pem",
  pki: "/etc/kubernetes/pki",
  apiServer: "/etc/kubernetes/apiserver",
  auditLog: "/var/log/kubernetes/audit",
  etcd: "/etc/etcd",
  etcdPki: "/etc/etcd/pki",
  /** Mount point of the volume; its data is a folder below, beside what the file system keeps at its root. */
  etcdVolume: "/var/lib/etcd",
  etcdData: "/var/lib/etcd/data",
} as const;
