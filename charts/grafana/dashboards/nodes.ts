import { jobs } from "../../../src/alerting/jobs.js";
import { graph, query, stat, table, type Dashboard } from "./dashboard.js";

const node = `job="${jobs.nodeExporter}",instance=~"$instance"`;
const state = `job="${jobs.kubeStateMetrics}",node=~"$instance"`;
const disks = `${node},fstype!~"tmpfs|ramfs|squashfs|overlay|erofs"`;
const rate = (metric: string, matchers = node) => `rate(${metric}{${matchers}}[$__rate_interval])`;
const byNode = (expr: string) => query(`sum by (instance) (${expr})`, "{{instance}}");

export const nodes: Dashboard = {
  uid: "kaas-nodes",
  title: "Nodes",
  description: "Nodes as their operating system sees them.",
  variables: [
    { name: "instance", title: "Node", label: "instance", of: `node_uname_info{job="${jobs.nodeExporter}"}` },
  ],
  rows: [
    {
      title: "Now",
      panels: [
        stat("Nodes", "none", `count(node_uname_info{${node}})`),
        stat("Failed units", "none", `sum(node_systemd_unit_state{${node},state="failed"})`, { amber: 1, red: 5 }),
        stat("Furthest clock", "s", `max(abs(node_timex_offset_seconds{${node}}))`, { amber: 0.05, red: 0.1 }),
        stat(
          "Least disk left",
          "percentunit",
          `min(node_filesystem_avail_bytes{${disks}} / node_filesystem_size_bytes{${disks}})`,
          {
            amber: 0.2,
            red: 0.08,
          },
        ),
        stat("Closed to new pods", "none", `sum(kube_node_spec_unschedulable{${state}})`, { amber: 1, red: 3 }),
        stat("Longest up", "s", `max(time() - node_boot_time_seconds{${node}})`),
        table("Versions", "none", `kube_node_info{${state}}`),
      ],
    },
    {
      title: "Processors and memory",
      panels: [
        graph("Processors in use", "percentunit", [
          query(`1 - avg by (instance) (${rate("node_cpu_seconds_total", `${node},mode="idle"`)})`, "{{instance}}"),
        ]),
        graph("Load of a processor", "short", [
          query(
            `sum by (instance) (node_load5{${node}}) / count by (instance) (node_cpu_seconds_total{${node},mode="idle"})`,
            "{{instance}}",
          ),
        ]),
        graph("Memory in use", "percentunit", [
          query(`1 - node_memory_MemAvailable_bytes{${node}} / node_memory_MemTotal_bytes{${node}}`, "{{instance}}"),
        ]),
        graph("Ended for want of memory", "short", byNode(`increase(node_vmstat_oom_kill{${node}}[$__rate_interval])`)),
      ],
    },
    {
      title: "Disks",
      panels: [
        graph("Space in use", "percentunit", [
          query(
            `1 - node_filesystem_avail_bytes{${disks}} / node_filesystem_size_bytes{${disks}}`,
            "{{instance}} {{mountpoint}}",
          ),
        ]),
        graph("Busy", "percentunit", query(rate("node_disk_io_time_seconds_total"), "{{instance}} {{device}}")),
        graph("Read", "Bps", byNode(rate("node_disk_read_bytes_total"))),
        graph("Written", "Bps", byNode(rate("node_disk_written_bytes_total"))),
      ],
    },
    {
      title: "Units and clocks",
      panels: [
        graph(
          "Failed units",
          "short",
          query(`node_systemd_unit_state{${node},state="failed"} == 1`, "{{instance}} {{name}}"),
        ),
        graph("Clock", "s", query(`node_timex_offset_seconds{${node}}`, "{{instance}}")),
      ],
    },
  ],
};
