import { downCase, type AlertCases } from "./alert-case.js";

const elasticsearch = `job="elasticsearch-exporter",cluster="logs"`;
const node = `${elasticsearch},name="elasticsearch-0"`;
const health = (color: string) => `elasticsearch_cluster_health_status{${elasticsearch},color="${color}"}`;
const disk = (available: readonly [number, number]) =>
  ({
    [`elasticsearch_filesystem_data_available_bytes{${node}}`]: available,
    [`elasticsearch_filesystem_data_size_bytes{${node}}`]: 100,
  }) as const;
const registryDatabase = `job="postgres-exporter",instance="10.2.0.9:9187"`;
const velero = (metric: string) => `velero_${metric}{job="velero",schedule="daily"}`;

export const serviceCases: AlertCases = {
  ElasticsearchUnmonitored: downCase("elasticsearch-exporter"),
  ElasticsearchRed: { series: { [health("red")]: [1, 0] } },
  ElasticsearchYellow: { series: { [health("yellow")]: [1, 0] } },
  ElasticsearchNodesMissing: {
    series: { [`elasticsearch_cluster_health_number_of_nodes{${elasticsearch}}`]: [2, 3] },
    value: "2",
  },
  ElasticsearchDiskLow: { series: disk([10, 20]), value: "10%" },
  ElasticsearchDiskFull: { series: disk([3, 10]), value: "3%" },
  ElasticsearchIndexesNothing: {
    series: { [`elasticsearch_indices_indexing_index_total{${node}}`]: ["100+0", "100+1"] },
    labels: { cluster: "logs" },
  },
  ElasticsearchRetentionOverdue: {
    series: {
      [`elasticsearch_indices_settings_creation_timestamp_seconds{${elasticsearch},index=".ds-logs-2026.11.01-000001"}`]:
        [-1_000_000, -500_000],
      [`elasticsearch_indices_settings_creation_timestamp_seconds{${elasticsearch},index=".kibana_1"}`]: -9_000_000,
    },
    labels: { cluster: "logs" },
    value: "11d 20h 1m 40s",
  },
  FluentdDown: downCase("fluentd"),
  FluentdBufferFull: {
    series: {
      [`fluentd_output_status_buffer_available_space_ratio{job="fluentd",instance="10.2.0.4:24231",plugin_id="es"}`]: [
        10, 90,
      ],
    },
    labels: { instance: "10.2.0.4:24231" },
    value: "10",
  },
  HarborDown: downCase("harbor"),
  HarborComponentDown: { series: { [`harbor_up{job="harbor",component="registry"}`]: [0, 1] } },
  PostgresDown: { series: { [`pg_up{${registryDatabase}}`]: [0, 1] } },
  HarborDatabaseAlmostFull: {
    series: {
      [`pg_database_size_bytes{${registryDatabase},datname="registry"}`]: [8 * 1024 ** 3, 4 * 1024 ** 3],
      [`pg_database_size_bytes{${registryDatabase},datname="postgres"}`]: 1024 ** 3,
      [`pg_database_size_bytes{job="postgres-exporter",instance="10.2.0.8:9187",datname="auth"}`]: 64 * 1024 ** 3,
    },
    labels: { instance: "10.2.0.9:9187" },
    value: "9Gi",
  },
  RedisDown: { series: { [`redis_up{job="redis-exporter",instance="10.2.0.9:9121"}`]: [0, 1] } },
  VeleroDown: downCase("velero"),
  VeleroBackupOld: {
    series: { [velero("backup_last_successful_timestamp")]: [-200_000, -100_000] },
    labels: { schedule: "daily" },
    value: "2d 8h 3m 20s",
  },
  VeleroBackupFailed: {
    series: { [velero("backup_failure_total")]: ["0+1", "3+0"], [velero("backup_validation_failure_total")]: 0 },
    labels: { schedule: "daily" },
  },
  VeleroBackupIncomplete: {
    series: { [velero("backup_partial_failure_total")]: ["0+1", "3+0"] },
    labels: { schedule: "daily" },
  },
  VeleroLocationUnavailable: {
    series: { [`velero_backup_location_status_gauge{job="velero",backup_location_name="default"}`]: [0, 1] },
  },
  IngressControllerDown: downCase("nginx-ingress"),
  IngressReloadFailed: {
    series: { [`nginx_ingress_controller_nginx_last_reload_status{job="nginx-ingress",pod="ingress-0"}`]: [0, 1] },
  },
  PlatformHostUnreachable: {
    series: { [`probe_success{job="blackbox-exporter",instance="https://grafana.demo.example.com"}`]: [0, 1] },
  },
  PlatformHostCertificateExpiring: {
    series: {
      [`probe_ssl_earliest_cert_expiry{job="blackbox-exporter",instance="https://grafana.demo.example.com"}`]: [
        800_000, 900_000,
      ],
    },
    value: "9d 4h 58m 20s",
  },
  CertManagerDown: downCase("cert-manager"),
  CertificateNotReady: {
    series: {
      [`certmanager_certificate_ready_status{job="cert-manager",namespace="rackspace-system",name="grafana",condition="False"}`]:
        [1, 0],
      [`certmanager_certificate_ready_status{job="cert-manager",namespace="rackspace-system",name="grafana",condition="True"}`]:
        [0, 1],
    },
    labels: { namespace: "rackspace-system", name: "grafana" },
  },
  CertificateExpiring: {
    series: {
      [`certmanager_certificate_expiration_timestamp_seconds{job="cert-manager",namespace="rackspace-system",name="grafana"}`]:
        [500_000, 700_000],
    },
    labels: { namespace: "rackspace-system", name: "grafana" },
    value: "5d 17h 38m 20s",
  },
};
