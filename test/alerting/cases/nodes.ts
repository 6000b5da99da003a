import type { AlertCases } from "./alert-case.js";

const state = `job="kube-state-metrics"`;
const root = `job="node-exporter",instance="demo-worker-0",device="/dev/vda9",mountpoint="/",fstype="ext4"`;
const node = `job="node-exporter",instance="demo-worker-0"`;
const readyOf = (name: string) => `kube_node_status_condition{${state},node="${name}",condition="Ready",status="true"}`;

export const nodeCases: AlertCases = {
  DeadMansSwitch: { series: { up: 1 }, labels: {} },
  KubeNodeNotReady: { series: { [readyOf("demo-worker-0")]: [0, 1] } },
  KubeNodesNotReady: {
    series: {
      [readyOf("demo-worker-0")]: 0,
      [readyOf("demo-worker-1")]: [0, 1],
      [readyOf("demo-worker-2")]: 1,
      [readyOf("demo-worker-3")]: 1,
    },
    labels: {},
    value: "50%",
  },
  KubeNodePressure: {
    series: {
      [`kube_node_status_condition{${state},node="demo-worker-0",condition="DiskPressure",status="true"}`]: [1, 0],
    },
  },
  KubeNodeCordoned: { series: { [`kube_node_spec_unschedulable{${state},node="demo-worker-0"}`]: [1, 0] } },
  NodeFilesystemFillingUp: {
    series: {
      [`node_filesystem_avail_bytes{${root}}`]: ["35000-30", "35000-1"],
      [`node_filesystem_size_bytes{${root}}`]: 100_000,
      [`node_filesystem_readonly{${root}}`]: 0,
    },
  },
  NodeFilesystemAlmostFull: {
    series: {
      [`node_filesystem_avail_bytes{${root}}`]: [5000, 10_000],
      [`node_filesystem_size_bytes{${root}}`]: 100_000,
      [`node_filesystem_readonly{${root}}`]: 0,
    },
    value: "5%",
  },
  NodeMemoryHigh: {
    series: {
      [`node_memory_MemAvailable_bytes{${node}}`]: [500, 1000],
      [`node_memory_MemTotal_bytes{${node}}`]: 10_000,
    },
    value: "95%",
  },
  NodeConntrackAlmostFull: {
    series: { [`node_nf_conntrack_entries{${node}}`]: [90, 70], [`node_nf_conntrack_entries_limit{${node}}`]: 100 },
    value: "90%",
  },
  NodeClockWrong: {
    series: { [`node_timex_offset_seconds{${node}}`]: [-0.5, -0.01], [`node_timex_sync_status{${node}}`]: 1 },
  },
  NodeUnitFailed: {
    series: {
      [`node_systemd_unit_state{${node},name="kaas-renew-certificates.service",state="failed",type="oneshot"}`]: [1, 0],
    },
  },
};
