import type { AlertCases } from "./alert-case.js";

const member = (number: number) => `job="etcd",instance="10.0.0.1${number}:2381"`;
const first = member(0);
const fsync = (le: string) => `etcd_disk_wal_fsync_duration_seconds_bucket{${first},le="${le}"}`;
/** Five, so that the case also holds where the configuration has three. */
const onlyOneUp = {
  [`up{${first}}`]: 1,
  [`up{${member(1)}}`]: [0, 1],
  [`up{${member(2)}}`]: [0, 1],
  [`up{${member(3)}}`]: [0, 1],
  [`up{${member(4)}}`]: [0, 1],
} as const;

export const etcdCases: AlertCases = {
  EtcdQuorumLost: { series: onlyOneUp, labels: {}, value: "1" },
  EtcdMemberMissing: { series: onlyOneUp, labels: {}, value: "1" },
  EtcdNoLeader: { series: { [`etcd_server_has_leader{${first}}`]: [0, 1] } },
  EtcdLeaderChanges: {
    series: { [`etcd_server_leader_changes_seen_total{${first}}`]: ["0+1", "0+0.05"] },
    labels: {},
    value: "20",
  },
  EtcdFsyncSlow: {
    series: { [fsync("0.5")]: ["0+0", "0+60"], [fsync("1.0")]: "0+60", [fsync("+Inf")]: "0+60" },
    labels: { instance: "10.0.0.10:2381" },
    value: "995ms",
  },
  EtcdDatabaseAlmostFull: {
    series: {
      [`etcd_mvcc_db_total_size_in_bytes{${first}}`]: [95, 85],
      [`etcd_server_quota_backend_bytes{${first}}`]: 100,
    },
    value: "95%",
  },
  EtcdDatabaseFillingUp: {
    series: {
      [`etcd_mvcc_db_total_size_in_bytes{${first}}`]: ["5000+10", "5000+1"],
      [`etcd_server_quota_backend_bytes{${first}}`]: 10_000,
    },
  },
  EtcdDatabaseFragmented: {
    series: {
      [`etcd_mvcc_db_total_size_in_use_in_bytes{${first}}`]: [40, 60],
      [`etcd_mvcc_db_total_size_in_bytes{${first}}`]: 100,
      [`etcd_server_quota_backend_bytes{${first}}`]: 200,
    },
    value: "40%",
  },
  EtcdSnapshotMissing: {
    series: {
      [`grpc_server_handled_total{${first},grpc_service="etcdserverpb.Maintenance",grpc_method="Snapshot",grpc_code="OK"}`]:
        ["3+0", "3+0x300 4+0x400"],
      [`up{${first}}`]: 1,
    },
    at: "615m",
    labels: {},
  },
};
