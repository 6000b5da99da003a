import { jobs } from "../../../src/alerting/jobs.js";
import { graph, query, stat, table, type Dashboard } from "./dashboard.js";

const namespace = `namespace=~"$namespace"`;
const kubelet = `job="${jobs.kubelet}"`;
const volume = `${kubelet},${namespace}`;
const state = `job="${jobs.kubeStateMetrics}"`;
const used = `kubelet_volume_stats_used_bytes{${volume}} / kubelet_volume_stats_capacity_bytes{${volume}}`;
const legend = "{{namespace}} {{persistentvolumeclaim}}";

export const volumes: Dashboard = {
  uid: "kaas-volumes",
  title: "Volumes",
  description: "Disks of pods: how full they are, and what the storage driver does.",
  variables: [
    {
      name: "namespace",
      title: "Namespace",
      label: "namespace",
      of: `kubelet_volume_stats_capacity_bytes{${kubelet}}`,
    },
  ],
  rows: [
    {
      title: "Now",
      panels: [
        stat("Volumes", "none", `count(kube_persistentvolume_info{${state}})`),
        stat("Size of all", "bytes", `sum(kube_persistentvolume_capacity_bytes{${state}})`),
        stat("Fullest", "percentunit", `max(${used})`, { amber: 0.75, red: 0.95 }),
        stat(
          "Claims that wait",
          "none",
          `sum(kube_persistentvolumeclaim_status_phase{${state},${namespace},phase="Pending"})`,
          { amber: 1, red: 3 },
        ),
        stat("Not attached yet", "none", `count(kube_volumeattachment_status_attached{${state}} == 0) or vector(0)`, {
          amber: 1,
          red: 3,
        }),
        stat("Left over", "none", `sum(kube_persistentvolume_status_phase{${state},phase=~"Released|Failed"})`, {
          amber: 1,
          red: 10,
        }),
        table("Fullest volumes", "percentunit", `topk(20, max by (namespace, persistentvolumeclaim) (${used}))`),
      ],
    },
    {
      title: "Space",
      panels: [
        graph("In use", "percentunit", query(used, legend)),
        graph("Left", "bytes", query(`kubelet_volume_stats_available_bytes{${volume}}`, legend)),
        graph(
          "Inodes in use",
          "percentunit",
          query(`kubelet_volume_stats_inodes_used{${volume}} / kubelet_volume_stats_inodes{${volume}}`, legend),
        ),
      ],
    },
    {
      title: "Storage driver on nodes",
      panels: [
        graph(
          "Calls",
          "ops",
          query(
            `sum by (method_name) (rate(csi_operations_seconds_count{${kubelet}}[$__rate_interval]))`,
            "{{method_name}}",
          ),
        ),
        graph(
          "Calls that fail",
          "ops",
          query(
            `sum by (method_name, grpc_status_code) (rate(csi_operations_seconds_count{${kubelet},grpc_status_code!="OK"}[$__rate_interval]))`,
            "{{method_name}} {{grpc_status_code}}",
          ),
        ),
        graph(
          "Time that calls take",
          "s",
          query(
            `sum by (method_name) (rate(csi_operations_seconds_sum{${kubelet}}[$__rate_interval])) / sum by (method_name) (rate(csi_operations_seconds_count{${kubelet}}[$__rate_interval]))`,
            "{{method_name}}",
          ),
        ),
      ],
    },
  ],
};
