import { isOpenStack, type ClusterConfig } from "../../config/cluster-config.js";
import type { Rule, RuleGroup } from "../alert-rule.js";
import { jobDown } from "../job-down.js";
import { jobs } from "../jobs.js";

const velero = `job="${jobs.velero}"`;

/** Velero, and snapshots of etcd. */
export function backupRules(config: ClusterConfig): readonly RuleGroup[] {
  const { enabled, etcdSnapshotHours } = config.services.backup;
  if (!enabled) return [];
  return [
    { name: "velero", rules: backups },
    { name: "etcd-snapshots", rules: isOpenStack(config) ? [snapshots(etcdSnapshotHours)] : [] },
  ];
}

/** Of a daily schedule one may fail. */
const OLDEST_BACKUP_HOURS = 36;

const backups: readonly Rule[] = [
  jobDown({
    alert: "VeleroDown",
    job: jobs.velero,
    service: "Velero",
    severity: "critical",
    consequence: "Nothing is backed up, and nothing can be restored.",
    for: "15m",
  }),
  {
    alert: "VeleroBackupOld",
    expr: `time() - max by (schedule) (velero_backup_last_successful_timestamp{${velero},schedule!=""}) > ${OLDEST_BACKUP_HOURS} * 3600`,
    for: "15m",
    severity: "critical",
    summary: "The last good backup is more than a day and a half old.",
    description: "The last good backup of the schedule {{ $labels.schedule }} is {{ $value | humanizeDuration }} old.",
  },
  {
    alert: "VeleroBackupFailed",
    expr: `
      sum by (schedule) (increase(velero_backup_failure_total{${velero},schedule!=""}[6h]))
      + sum by (schedule) (increase(velero_backup_validation_failure_total{${velero},schedule!=""}[6h])) > 0`,
    for: "0m",
    severity: "warning",
    summary: "A backup has failed.",
    description: "A backup of the schedule {{ $labels.schedule }} has failed within six hours.",
  },
  {
    alert: "VeleroBackupIncomplete",
    expr: `sum by (schedule) (increase(velero_backup_partial_failure_total{${velero},schedule!=""}[6h])) > 0`,
    for: "0m",
    severity: "warning",
    summary: "A backup lacks objects or volumes.",
    description: "A backup of the schedule {{ $labels.schedule }} is incomplete.",
  },
  {
    alert: "VeleroLocationUnavailable",
    expr: `velero_backup_location_status_gauge{${velero}} == 0`,
    for: "15m",
    severity: "critical",
    summary: "Velero cannot reach the storage of its backups.",
    description: "The backup location {{ $labels.backup_location_name }} is not available.",
  },
];

/**
 * etcd counts who fetched a snapshot from it. Whether it then arrived in the object store, only the store knows.
 * A cluster that is younger than the time between two has nothing to show yet.
 *
 * @param hours between two snapshots
 */
function snapshots(hours: number): Rule {
  const fetched = `grpc_server_handled_total{job="${jobs.etcd}",grpc_service="etcdserverpb.Maintenance",grpc_method="Snapshot",grpc_code="OK"}`;
  return {
    alert: "EtcdSnapshotMissing",
    expr: `sum(increase(${fetched}[${hours + 1}h])) < 0.5 and sum(up{job="${jobs.etcd}"} offset ${hours + 1}h) > 0`,
    for: "1h",
    severity: "critical",
    summary: "No snapshot of etcd was taken when it was due.",
    description: `No snapshot was taken from any etcd member for ${hours + 1} hours; one is due every ${hours}.`,
  };
}
