import { jobs } from "../../../src/alerting/jobs.js";
import { graph, query, stat, table, type Dashboard } from "./dashboard.js";

const namespace = `namespace=~"$namespace"`;
const chosen = `${namespace},pod=~"$pod"`;
const cadvisor = `job="${jobs.kubelet}",metrics_path="/metrics/cadvisor",container!="",${chosen}`;
const pods = `job="${jobs.kubeStateMetrics}",${chosen}`;
const state = `job="${jobs.kubeStateMetrics}",${namespace}`;
const byContainer = (expr: string) => query(`sum by (namespace, pod, container) (${expr})`, "{{pod}} {{container}}");

export const workloads: Dashboard = {
  uid: "kaas-workloads",
  title: "Workloads",
  description: "Deployments and their like, down to containers.",
  variables: [
    { name: "namespace", title: "Namespace", label: "namespace", of: `kube_pod_info{job="${jobs.kubeStateMetrics}"}` },
    { name: "pod", title: "Pod", label: "pod", of: `kube_pod_info{job="${jobs.kubeStateMetrics}",${namespace}}` },
  ],
  rows: [
    {
      title: "Now",
      panels: [
        stat(
          "Deployments short of pods",
          "none",
          `count(kube_deployment_spec_replicas{${state}} > kube_deployment_status_replicas_available{${state}}) or vector(0)`,
          { amber: 1, red: 3 },
        ),
        stat(
          "StatefulSets short of pods",
          "none",
          `count(kube_statefulset_replicas{${state}} > kube_statefulset_status_replicas_ready{${state}}) or vector(0)`,
          { amber: 1, red: 3 },
        ),
        stat(
          "DaemonSets short of pods",
          "none",
          `count(kube_daemonset_status_desired_number_scheduled{${state}} > kube_daemonset_status_number_available{${state}}) or vector(0)`,
          { amber: 1, red: 3 },
        ),
        stat("Failed jobs", "none", `count(kube_job_failed{${state},condition="true"} == 1) or vector(0)`, {
          amber: 1,
          red: 3,
        }),
        stat(
          "Containers that wait",
          "none",
          `count(kube_pod_container_status_waiting_reason{${pods}} == 1) or vector(0)`,
          { amber: 1, red: 5 },
        ),
        stat(
          "Disruption budgets used up",
          "none",
          `count(kube_poddisruptionbudget_status_pod_disruptions_allowed{${state}} == 0) or vector(0)`,
          { amber: 1, red: 5 },
        ),
        table("Containers that wait", "none", `kube_pod_container_status_waiting_reason{${pods}} == 1`, "And why."),
      ],
    },
    {
      title: "Containers",
      panels: [
        graph(
          "Processors",
          "cores",
          byContainer(`rate(container_cpu_usage_seconds_total{${cadvisor}}[$__rate_interval])`),
        ),
        graph("Memory of its limit", "percentunit", [
          query(
            `sum by (namespace, pod, container) (container_memory_working_set_bytes{${cadvisor}}) / sum by (namespace, pod, container) (kube_pod_container_resource_limits{${pods},resource="memory"})`,
            "{{pod}} {{container}}",
          ),
        ]),
        graph("Slowed down by their limit", "percentunit", [
          query(
            `sum by (namespace, pod, container) (rate(container_cpu_cfs_throttled_periods_total{${cadvisor}}[$__rate_interval])) / sum by (namespace, pod, container) (rate(container_cpu_cfs_periods_total{${cadvisor}}[$__rate_interval]))`,
            "{{pod}} {{container}}",
          ),
        ]),
        graph(
          "Restarts",
          "short",
          byContainer(`increase(kube_pod_container_status_restarts_total{${pods}}[$__rate_interval])`),
        ),
      ],
    },
  ],
};
