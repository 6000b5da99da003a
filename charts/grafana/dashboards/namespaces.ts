import { jobs } from "../../../src/alerting/jobs.js";
import { graph, query, stat, table, type Dashboard } from "./dashboard.js";

const chosen = `namespace=~"$namespace"`;
const cadvisor = `job="${jobs.kubelet}",metrics_path="/metrics/cadvisor",${chosen}`;
const state = `job="${jobs.kubeStateMetrics}",${chosen}`;
const byNamespace = (expr: string) => query(`sum by (namespace) (${expr})`, "{{namespace}}");

export const namespaces: Dashboard = {
  uid: "kaas-namespaces",
  title: "Namespaces",
  description: "What each namespace uses and asks for.",
  variables: [
    {
      name: "namespace",
      title: "Namespace",
      label: "namespace",
      of: `kube_namespace_status_phase{job="${jobs.kubeStateMetrics}"}`,
    },
  ],
  rows: [
    {
      title: "Now",
      panels: [
        stat("Namespaces", "none", `count(kube_namespace_status_phase{${state},phase="Active"} == 1)`),
        stat("Pods", "none", `sum(kube_pod_status_phase{${state},phase="Running"})`),
        stat("Services", "none", `count(kube_service_info{${state}})`),
        stat("Claims of volumes", "none", `count(kube_persistentvolumeclaim_info{${state}})`),
        table(
          "Quotas",
          "percentunit",
          `max by (namespace, resourcequota, resource) (kube_resourcequota{${state},type="used"}) / max by (namespace, resourcequota, resource) (kube_resourcequota{${state},type="hard"} > 0)`,
          "Share that is used of what a namespace may have.",
        ),
      ],
    },
    {
      title: "Use",
      panels: [
        graph(
          "Processors",
          "cores",
          byNamespace(`rate(container_cpu_usage_seconds_total{${cadvisor},container!=""}[$__rate_interval])`),
          {
            stacked: true,
          },
        ),
        graph("Memory", "bytes", byNamespace(`container_memory_working_set_bytes{${cadvisor},container!=""}`), {
          stacked: true,
        }),
        graph(
          "Processors requested",
          "cores",
          byNamespace(`kube_pod_container_resource_requests{${state},resource="cpu"}`),
          {
            stacked: true,
          },
        ),
        graph(
          "Memory requested",
          "bytes",
          byNamespace(`kube_pod_container_resource_requests{${state},resource="memory"}`),
          {
            stacked: true,
          },
        ),
        graph(
          "Received",
          "Bps",
          byNamespace(`rate(container_network_receive_bytes_total{${cadvisor}}[$__rate_interval])`),
        ),
        graph(
          "Sent",
          "Bps",
          byNamespace(`rate(container_network_transmit_bytes_total{${cadvisor}}[$__rate_interval])`),
        ),
      ],
    },
  ],
};
