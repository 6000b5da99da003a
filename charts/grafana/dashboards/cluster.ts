import { jobs } from "../../../src/alerting/jobs.js";
import { graph, query, stat, table, type Dashboard } from "./dashboard.js";

const node = `job="${jobs.nodeExporter}"`;
const state = `job="${jobs.kubeStateMetrics}"`;
const ready = `kube_node_status_condition{${state},condition="Ready",status="true"}`;
/** Of pods that have not ended. */
const requests = (resource: string) =>
  `sum(kube_pod_container_resource_requests{${state},resource="${resource}"} * on (namespace, pod) group_left () (max by (namespace, pod) (kube_pod_status_phase{${state},phase=~"Pending|Running"}) == 1))`;
const allocatable = (resource: string) => `sum(kube_node_status_allocatable{${state},resource="${resource}"})`;

export const cluster: Dashboard = {
  uid: "kaas-cluster",
  title: "Cluster",
  description: "The whole cluster: what is broken, what is used and what is left.",
  rows: [
    {
      title: "Now",
      panels: [
        stat("Nodes not ready", "none", `count(${ready} == 0) or vector(0)`, { amber: 1, red: 2 }),
        stat("Nodes", "none", `count(${ready})`),
        stat("Pods running", "none", `sum(kube_pod_status_phase{${state},phase="Running"})`),
        stat("Pods waiting", "none", `sum(kube_pod_status_phase{${state},phase="Pending"})`, { amber: 1, red: 10 }),
        stat("Processors requested", "percentunit", `${requests("cpu")} / ${allocatable("cpu")}`, {
          amber: 0.7,
          red: 0.9,
        }),
        stat("Memory requested", "percentunit", `${requests("memory")} / ${allocatable("memory")}`, {
          amber: 0.7,
          red: 0.9,
        }),
        table(
          "Alerts",
          "none",
          `ALERTS{alertstate="firing",severity!="info"}`,
          "What fires now. Each alert has a page of what to do.",
        ),
      ],
    },
    {
      title: "Use",
      panels: [
        graph("Processors", "cores", [
          query(`sum(rate(node_cpu_seconds_total{${node},mode!~"idle|iowait|steal"}[$__rate_interval]))`, "used"),
          query(requests("cpu"), "requested"),
          query(allocatable("cpu"), "allocatable"),
        ]),
        graph("Memory", "bytes", [
          query(`sum(node_memory_MemTotal_bytes{${node}} - node_memory_MemAvailable_bytes{${node}})`, "used"),
          query(requests("memory"), "requested"),
          query(allocatable("memory"), "allocatable"),
        ]),
        graph("Pods by phase", "short", query(`sum by (phase) (kube_pod_status_phase{${state}})`, "{{phase}}"), {
          stacked: true,
        }),
        graph("Targets that cannot be read", "short", query(`count by (job) (up{job!=""} == 0)`, "{{job}}"), {
          description: "Nothing is known of what they are.",
        }),
      ],
    },
  ],
};
