/**
 * Values of the label `job`: that of the label `k8s-app`, by which a ServiceMonitor names its service. Charts give exactly
 * these names.
 */
export const jobs = {
  alertmanager: "alertmanager",
  apiServer: "kube-apiserver",
  blackbox: "blackbox-exporter",
  calico: "calico-node",
  certManager: "cert-manager",
  cinderCsi: "cinder-csi",
  clusterAutoscaler: "cluster-autoscaler",
  controllerManager: "kube-controller-manager",
  coreDns: "kube-dns",
  customerPrometheus: "prometheus-customer",
  elasticsearch: "elasticsearch-exporter",
  etcd: "etcd",
  fluentd: "fluentd",
  harbor: "harbor",
  ingress: "nginx-ingress",
  kubeStateMetrics: "kube-state-metrics",
  kubelet: "kubelet",
  kubernetesAuth: "kubernetes-auth",
  nodeExporter: "node-exporter",
  openStackCloudController: "openstack-cloud-controller-manager",
  postgres: "postgres-exporter",
  prometheus: "prometheus-k8s",
  prometheusOperator: "prometheus-operator",
  redis: "redis-exporter",
  scheduler: "kube-scheduler",
  signOn: "oauth2-proxy",
  velero: "velero",
} as const;

export type Job = (typeof jobs)[keyof typeof jobs];
