import type { Relabeling } from "../shared/metrics.js";

// What Kubernetes tells of itself is mostly histograms by resource, verb and step. What neither an alert nor a dashboard asks
// for is not kept. Source: github.com/prometheus-operator/kube-prometheus, kubernetesControlPlane-*.yaml

/** @param regex of the whole name */
function dropNames(regex: string): Relabeling {
  return { action: "drop", sourceLabels: ["__name__"], regex };
}

/** The API server sees the store as a client; the store itself tells more. */
const storeOfClients = dropNames("etcd_(debugging|disk|request|server).*");

/** Steps of a duration between those that alerts and dashboards ask for: 50 ms, 0.1, 0.5, 1, 5, 10, 30 and 60 s. */
const fineBuckets: Relabeling = {
  action: "drop",
  sourceLabels: ["__name__", "le"],
  separator: ";",
  regex:
    "apiserver_request(_sli)?_duration_seconds_bucket;(0[.]005|0[.]025|0[.]15|0[.]2|0[.]25|0[.]3|0[.]35|0[.]4|0[.]45|0[.]6|0[.]7|0[.]8|0[.]9|1[.]25|1[.]5|1[.]75|2|2[.]5|3|3[.]5|4|4[.]5|6|7|8|9|15|20|25|40|45|50)([.]0)?",
};

export const apiServerMetrics: readonly Relabeling[] = [
  storeOfClients,
  dropNames(
    "apiserver_(admission_(controller|step)_admission_duration_seconds|request_body_size_bytes|response_sizes|watch_events_sizes|watch_list_duration_seconds|watch_cache_read_wait_seconds)_.*",
  ),
  fineBuckets,
];

/** Scheduler and controller manager. */
export const componentMetrics: readonly Relabeling[] = [
  storeOfClients,
  dropNames("(rest_client_re(quest|sponse)|workqueue_(queue|work)_duration).*_bucket"),
];

export const kubeletMetrics: readonly Relabeling[] = [
  dropNames(
    "(csi_operations|storage_operation_duration|kubelet_http_requests_duration|kubelet_runtime_operations_duration|rest_client_request_duration)_seconds_bucket",
  ),
];

/** Of cgroups that are no pod's, use alone is kept; of containers, not every disk's. */
export const cadvisorMetrics: readonly Relabeling[] = [
  dropNames(
    "container_(network_tcp_usage_total|network_udp_usage_total|tasks_state|cpu_load_average_10s|memory_failures_total)",
  ),
  {
    action: "drop",
    sourceLabels: ["__name__", "pod", "namespace"],
    separator: ";",
    regex:
      "(container_spec_.*|container_file_descriptors|container_sockets|container_threads_max|container_threads|container_start_time_seconds|container_last_seen);;",
  },
  {
    action: "drop",
    sourceLabels: ["__name__", "container"],
    separator: ";",
    regex: "container_blkio_device_usage_total;.+",
  },
];
