import { jobs } from "../../../src/alerting/jobs.js";
import { graph, quantile, query, stat, type Dashboard } from "./dashboard.js";

const etcd = `job="${jobs.etcd}"`;
const rate = (metric: string, matchers = etcd) => `rate(${metric}{${matchers}}[$__rate_interval])`;
const size = `etcd_mvcc_db_total_size_in_bytes{${etcd}}`;

/** Where it is the cluster's own. */
export const etcdMembers: Dashboard = {
  uid: "kaas-etcd",
  title: "etcd",
  description: "The cluster's store: its members, their disks and what they hold.",
  rows: [
    {
      title: "Now",
      panels: [
        stat("Members that answer", "none", `sum(up{${etcd}})`),
        stat("Members without a leader", "none", `count(etcd_server_has_leader{${etcd}} == 0) or vector(0)`, {
          amber: 1,
          red: 2,
        }),
        stat("Elections in an hour", "none", `max(increase(etcd_server_leader_changes_seen_total{${etcd}}[1h]))`, {
          amber: 1,
          red: 3,
        }),
        stat("Fullest", "percentunit", `max(${size} / etcd_server_quota_backend_bytes{${etcd}})`, {
          amber: 0.7,
          red: 0.9,
        }),
        stat("Holes", "percentunit", `max(1 - etcd_mvcc_db_total_size_in_use_in_bytes{${etcd}} / ${size})`),
        stat(
          "Snapshots in a day",
          "none",
          `sum(increase(grpc_server_handled_total{${etcd},grpc_service="etcdserverpb.Maintenance",grpc_method="Snapshot",grpc_code="OK"}[1d]))`,
        ),
      ],
    },
    {
      title: "Disks",
      panels: [
        graph(
          "99 of 100 writes of the log take less than",
          "s",
          query(quantile(0.99, "etcd_disk_wal_fsync_duration_seconds", etcd, ["instance"]), "{{instance}}"),
        ),
        graph(
          "99 of 100 commits take less than",
          "s",
          query(quantile(0.99, "etcd_disk_backend_commit_duration_seconds", etcd, ["instance"]), "{{instance}}"),
        ),
        graph("Database", "bytes", [
          query(size, "{{instance}}"),
          query(`etcd_mvcc_db_total_size_in_use_in_bytes{${etcd}}`, "{{instance}} in use"),
        ]),
        graph("Changes that wait", "short", query(`etcd_server_proposals_pending{${etcd}}`, "{{instance}}")),
      ],
    },
    {
      title: "Members and clients",
      panels: [
        graph(
          "99 of 100 messages to peers take less than",
          "s",
          query(
            quantile(0.99, "etcd_network_peer_round_trip_time_seconds", etcd, ["instance", "To"]),
            "{{instance}} to {{To}}",
          ),
        ),
        graph("Changes that failed", "ops", query(rate("etcd_server_proposals_failed_total"), "{{instance}}")),
        graph(
          "Requests",
          "reqps",
          query(
            `sum by (grpc_method) (${rate("grpc_server_started_total", `${etcd},grpc_type="unary"`)})`,
            "{{grpc_method}}",
          ),
        ),
        graph("Memory", "bytes", query(`process_resident_memory_bytes{${etcd}}`, "{{instance}}")),
      ],
    },
  ],
};
