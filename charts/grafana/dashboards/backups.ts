import { isOpenStack, type ClusterConfig } from "../../../src/config/cluster-config.js";
import { jobs } from "../../../src/alerting/jobs.js";
import { graph, quantile, query, stat, table, type Dashboard, type Row } from "./dashboard.js";

const velero = `job="${jobs.velero}"`;
const scheduled = `${velero},schedule!=""`;
const snapshots = `job="${jobs.etcd}",grpc_service="etcdserverpb.Maintenance",grpc_method="Snapshot",grpc_code="OK"`;
const bySchedule = (metric: string) =>
  query(`sum by (schedule) (increase(${metric}{${scheduled}}[$__rate_interval]))`, "{{schedule}}");

export function backups(config: ClusterConfig): Dashboard {
  return {
    uid: "kaas-backups",
    title: "Backups",
    description: "Backups of the cluster's objects and volumes, and how old the last good ones are.",
    rows: [now, ofVelero, ...(isOpenStack(config) ? [etcd] : [])],
  };
}

const now: Row = {
  title: "Now",
  panels: [
    stat(
      "Oldest last good backup",
      "s",
      `max(time() - max by (schedule) (velero_backup_last_successful_timestamp{${scheduled}}))`,
      {
        amber: 30 * 3600,
        red: 36 * 3600,
      },
    ),
    stat("Failed in a day", "none", `sum(increase(velero_backup_failure_total{${scheduled}}[1d]))`, {
      amber: 1,
      red: 2,
    }),
    stat("Incomplete in a day", "none", `sum(increase(velero_backup_partial_failure_total{${scheduled}}[1d]))`, {
      amber: 1,
      red: 2,
    }),
    stat("Backups kept", "none", `max(velero_backup_total{${velero}})`),
    stat("Restores that failed in a day", "none", `sum(increase(velero_restore_failed_total{${velero}}[1d]))`, {
      amber: 1,
      red: 2,
    }),
    stat(
      "Locations that do not answer",
      "none",
      `count(velero_backup_location_status_gauge{${velero}} == 0) or vector(0)`,
      { amber: 1, red: 1 },
    ),
    table(
      "Age of the last good backup",
      "s",
      `time() - max by (schedule) (velero_backup_last_successful_timestamp{${scheduled}})`,
    ),
  ],
};

const ofVelero: Row = {
  title: "Velero",
  panels: [
    graph("Good", "short", bySchedule("velero_backup_success_total")),
    graph("Failed", "short", bySchedule("velero_backup_failure_total")),
    graph(
      "Half of them take less than",
      "s",
      query(quantile(0.5, "velero_backup_duration_seconds", scheduled, ["schedule"]), "{{schedule}}"),
    ),
    graph(
      "Size of the objects",
      "bytes",
      query(`max by (schedule) (velero_backup_tarball_size_bytes{${scheduled}})`, "{{schedule}}"),
    ),
    graph("Objects", "short", query(`max by (schedule) (velero_backup_items_total{${scheduled}})`, "{{schedule}}")),
    graph("Snapshots of volumes that failed", "short", bySchedule("velero_volume_snapshot_failure_total")),
  ],
};

const etcd: Row = {
  title: "etcd",
  panels: [
    graph(
      "Snapshots fetched in a day",
      "short",
      query(`sum(increase(grpc_server_handled_total{${snapshots}}[1d]))`, "snapshots"),
    ),
  ],
};
