import { etcdMembers, isOpenStack, type ClusterConfig } from "../../config/cluster-config.js";
import type { RuleGroup } from "../alert-rule.js";
import { jobs } from "../jobs.js";

const etcd = `job="${jobs.etcd}"`;
const size = `etcd_mvcc_db_total_size_in_bytes{${etcd}}`;
const quota = `etcd_server_quota_backend_bytes{${etcd}}`;

/** The cluster's store; on EKS it is Amazon's. */
export function etcdRules(config: ClusterConfig): readonly RuleGroup[] {
  if (!isOpenStack(config)) return [];
  const members = etcdMembers(config).length;
  return [
    { name: "etcd-members", rules: membership(members) },
    { name: "etcd", rules: performance },
  ];
}

/** @param members that the configuration names: one that Prometheus has never seen is missing too */
function membership(members: number): RuleGroup["rules"] {
  const quorum = Math.floor(members / 2) + 1;
  return [
    {
      alert: "EtcdQuorumLost",
      expr: `(sum(up{${etcd}}) or vector(0)) < ${quorum}`,
      for: "3m",
      severity: "critical",
      summary: "etcd has lost its quorum: the cluster cannot be changed.",
      description: `{{ $value }} of ${members} etcd members answer, and ${quorum} must agree before anything is written.`,
    },
    {
      alert: "EtcdMemberMissing",
      expr: `(sum(up{${etcd}}) or vector(0)) < ${members}`,
      for: "10m",
      severity: "warning",
      summary: "An etcd member does not answer.",
      description: `{{ $value }} of ${members} etcd members answer. Find out which before another fails.`,
    },
    {
      alert: "EtcdNoLeader",
      expr: `etcd_server_has_leader{${etcd}} == 0`,
      for: "1m",
      severity: "critical",
      summary: "An etcd member knows no leader.",
      description: "The etcd member {{ $labels.instance }} knows no leader: it is cut off, or there is none.",
    },
    {
      alert: "EtcdLeaderChanges",
      expr: `max(increase(etcd_server_leader_changes_seen_total{${etcd}}[30m])) > 3`,
      for: "5m",
      severity: "warning",
      summary: "etcd elects leaders again and again.",
      description:
        "etcd has elected {{ $value | humanize }} leaders in half an hour: disks or the network are too slow.",
    },
  ];
}

const performance: RuleGroup["rules"] = [
  {
    alert: "EtcdFsyncSlow",
    expr: `histogram_quantile(0.99, sum by (instance, le) (rate(etcd_disk_wal_fsync_duration_seconds_bucket{${etcd}}[5m]))) > 0.5`,
    for: "10m",
    severity: "warning",
    summary: "The disk of an etcd member writes too slowly.",
    description: "etcd on {{ $labels.instance }} waits {{ $value | humanizeDuration }} for its log to be on the disk.",
  },
  {
    alert: "EtcdDatabaseAlmostFull",
    expr: `${size} / ${quota} > 0.9`,
    for: "10m",
    severity: "critical",
    summary: "etcd's database is almost as large as it may be.",
    description:
      "The database of {{ $labels.instance }} uses {{ $value | humanizePercentage }} of its quota. At all of it, writes end.",
  },
  {
    alert: "EtcdDatabaseFillingUp",
    expr: `predict_linear(${size}[4h], 24 * 3600) > ${quota} and ${size} / ${quota} > 0.4`,
    for: "30m",
    severity: "warning",
    summary: "etcd's database will reach its quota within a day.",
    description: "At the pace of the last four hours the database of {{ $labels.instance }} is full within a day.",
  },
  {
    alert: "EtcdDatabaseFragmented",
    expr: `etcd_mvcc_db_total_size_in_use_in_bytes{${etcd}} / ${size} < 0.5 and ${size} / ${quota} > 0.25`,
    for: "1h",
    severity: "warning",
    summary: "More than half of etcd's database is holes.",
    description:
      "Only {{ $value | humanizePercentage }} of the database of {{ $labels.instance }} is in use: defragmentation is overdue.",
  },
];
