import type { RuleGroup } from "../alert-rule.js";
import { jobs } from "../jobs.js";

const node = `job="${jobs.nodeExporter}"`;
const state = `job="${jobs.kubeStateMetrics}"`;
/** File systems on disks: not those in memory, nor images mounted read-only. */
const disks = `${node},fstype!~"tmpfs|ramfs|squashfs|overlay|erofs",mountpoint!~"/var/lib/kubelet/.+"`;
const writable = `node_filesystem_readonly{${disks}} == 0`;

/** Nodes as Kubernetes and as their operating system see them. */
export function nodeRules(): readonly RuleGroup[] {
  return [
    { name: "nodes", rules: readiness },
    { name: "node-resources", rules: resources },
    { name: "node-health", rules: health },
  ];
}

const ready = `kube_node_status_condition{${state},condition="Ready",status="true"}`;

const readiness: RuleGroup["rules"] = [
  {
    alert: "KubeNodeNotReady",
    expr: `${ready} == 0`,
    for: "5m",
    severity: "warning",
    summary: "A node is not ready.",
    description: "Node {{ $labels.node }} has not been ready for five minutes. Its pods are moved to other nodes.",
  },
  {
    alert: "KubeNodesNotReady",
    expr: `count(${ready} == 0) / count(${ready}) > 0.3`,
    for: "5m",
    severity: "critical",
    summary: "Many nodes are not ready at once.",
    description:
      "{{ $value | humanizePercentage }} of the nodes are not ready: a network, the API's address or an availability zone has failed.",
  },
  {
    alert: "KubeNodePressure",
    expr: `kube_node_status_condition{${state},condition=~"(Memory|Disk|PID)Pressure",status="true"} == 1`,
    for: "10m",
    severity: "warning",
    summary: "A node is short of memory, disk or process ids and evicts pods.",
    description:
      "Node {{ $labels.node }} has had the condition {{ $labels.condition }} for ten minutes and evicts pods.",
  },
  {
    alert: "KubeNodeCordoned",
    expr: `kube_node_spec_unschedulable{${state}} == 1`,
    for: "12h",
    severity: "warning",
    summary: "A node has been closed to new pods for half a day.",
    description:
      "Node {{ $labels.node }} has taken no new pods for twelve hours: an update that did not end, or maintenance that was forgotten.",
  },
];

const resources: RuleGroup["rules"] = [
  {
    alert: "NodeFilesystemFillingUp",
    expr: `
      predict_linear(node_filesystem_avail_bytes{${disks}}[6h], 24 * 3600) < 0
      and node_filesystem_avail_bytes{${disks}} / node_filesystem_size_bytes{${disks}} < 0.4
      and ${writable}`,
    for: "1h",
    severity: "warning",
    summary: "A node's file system will be full within a day.",
    description:
      "At the pace of the last six hours {{ $labels.mountpoint }} ({{ $labels.device }}) of {{ $labels.instance }} will be full within a day.",
  },
  {
    alert: "NodeFilesystemAlmostFull",
    expr: `node_filesystem_avail_bytes{${disks}} / node_filesystem_size_bytes{${disks}} < 0.08 and ${writable}`,
    for: "15m",
    severity: "critical",
    summary: "A node's file system is almost full.",
    description:
      "{{ $labels.mountpoint }} ({{ $labels.device }}) of {{ $labels.instance }} has {{ $value | humanizePercentage }} left.",
  },
  {
    alert: "NodeMemoryHigh",
    expr: `1 - node_memory_MemAvailable_bytes{${node}} / node_memory_MemTotal_bytes{${node}} > 0.92`,
    for: "15m",
    severity: "warning",
    summary: "A node's memory is almost used up.",
    description: "{{ $labels.instance }} uses {{ $value | humanizePercentage }} of its memory; soon the kernel kills.",
  },
  {
    alert: "NodeConntrackAlmostFull",
    expr: `node_nf_conntrack_entries{${node}} / node_nf_conntrack_entries_limit{${node}} > 0.8`,
    for: "10m",
    severity: "warning",
    summary: "A node's table of connections is almost full.",
    description:
      "{{ $labels.instance }} uses {{ $value | humanizePercentage }} of its connection tracking table. When it is full, new connections are dropped.",
  },
];

const health: RuleGroup["rules"] = [
  {
    alert: "NodeClockWrong",
    expr: `abs(node_timex_offset_seconds{${node}}) > 0.1 or node_timex_sync_status{${node}} == 0`,
    for: "15m",
    severity: "warning",
    summary: "A node's clock is wrong or is not being corrected.",
    description:
      "The clock of {{ $labels.instance }} is off or not synchronised: certificates and leases depend on it.",
  },
  {
    alert: "NodeUnitFailed",
    expr: `node_systemd_unit_state{${node},state="failed"} == 1`,
    for: "15m",
    severity: "warning",
    summary: "A systemd unit of a node has failed.",
    description: "The unit {{ $labels.name }} of {{ $labels.instance }} has failed.",
  },
];
