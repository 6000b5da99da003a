import { isOpenStack, type ClusterConfig } from "../../../src/config/cluster-config.js";
import { jobs } from "../../../src/alerting/jobs.js";
import { graph, query, stat, type Dashboard, type Row } from "./dashboard.js";

const node = `job="${jobs.nodeExporter}",instance=~"$instance"`;
const devices = `${node},device!~"lo|docker.*|flannel.*|vxlan.*"`;
const pods = `job="${jobs.kubelet}",metrics_path="/metrics/cadvisor",pod!=""`;
const calico = `job="${jobs.calico}"`;
const rate = (metric: string, matchers = node) => `rate(${metric}{${matchers}}[$__rate_interval])`;
const byNode = (expr: string) => query(`sum by (instance) (${expr})`, "{{instance}}");
const busiest = (expr: string) => query(`topk(10, sum by (namespace, pod) (${expr}))`, "{{namespace}} {{pod}}");

export function network(config: ClusterConfig): Dashboard {
  const withCalico = isOpenStack(config) && config.network.cni !== "flannel";
  return {
    uid: "kaas-network",
    title: "Network",
    description: "Traffic of nodes and pods, and what of it is lost.",
    variables: [
      { name: "instance", title: "Node", label: "instance", of: `node_uname_info{job="${jobs.nodeExporter}"}` },
    ],
    rows: [now, traffic, losses, ...(withCalico ? [policies] : [])],
  };
}

const now: Row = {
  title: "Now",
  panels: [
    stat("Received", "Bps", `sum(${rate("node_network_receive_bytes_total", devices)})`),
    stat("Sent", "Bps", `sum(${rate("node_network_transmit_bytes_total", devices)})`),
    stat(
      "Fullest table of connections",
      "percentunit",
      `max(node_nf_conntrack_entries{${node}} / node_nf_conntrack_entries_limit{${node}})`,
      {
        amber: 0.6,
        red: 0.8,
      },
    ),
    stat(
      "Segments sent again",
      "percentunit",
      `sum(${rate("node_netstat_Tcp_RetransSegs")}) / sum(${rate("node_netstat_Tcp_OutSegs")})`,
      {
        amber: 0.01,
        red: 0.05,
      },
    ),
  ],
};

const traffic: Row = {
  title: "Traffic",
  panels: [
    graph("Nodes receive", "Bps", byNode(rate("node_network_receive_bytes_total", devices))),
    graph("Nodes send", "Bps", byNode(rate("node_network_transmit_bytes_total", devices))),
    graph("Pods that receive most", "Bps", busiest(rate("container_network_receive_bytes_total", pods))),
    graph("Pods that send most", "Bps", busiest(rate("container_network_transmit_bytes_total", pods))),
  ],
};

const losses: Row = {
  title: "Losses",
  panels: [
    graph("Packets dropped by nodes", "ops", [
      query(`sum by (instance) (${rate("node_network_receive_drop_total", devices)})`, "{{instance}} received"),
      query(`sum by (instance) (${rate("node_network_transmit_drop_total", devices)})`, "{{instance}} sent"),
    ]),
    graph("Errors of nodes", "ops", [
      query(`sum by (instance) (${rate("node_network_receive_errs_total", devices)})`, "{{instance}} received"),
      query(`sum by (instance) (${rate("node_network_transmit_errs_total", devices)})`, "{{instance}} sent"),
    ]),
    graph("Connections", "short", byNode(`node_nf_conntrack_entries{${node}}`)),
    graph("Segments sent again", "ops", byNode(rate("node_netstat_Tcp_RetransSegs"))),
  ],
};

const policies: Row = {
  title: "Calico",
  panels: [
    graph(
      "Changes that failed",
      "short",
      query(`increase(felix_int_dataplane_failures{${calico}}[$__rate_interval])`, "{{instance}}"),
    ),
    graph(
      "Time to apply changes, 99 of 100",
      "s",
      query(`felix_int_dataplane_apply_time_seconds{${calico},quantile="0.99"}`, "{{instance}}"),
    ),
    graph("Pods", "short", query(`felix_active_local_endpoints{${calico}}`, "{{instance}}")),
    graph("Policies in force", "short", query(`felix_active_local_policies{${calico}}`, "{{instance}}")),
  ],
};
