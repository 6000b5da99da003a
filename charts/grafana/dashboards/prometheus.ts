import { jobs } from "../../../src/alerting/jobs.js";
import { graph, query, stat, table, type Dashboard } from "./dashboard.js";

const prometheus = `job=~"${jobs.prometheus}|${jobs.customerPrometheus}",pod=~"$pod"`;
const operator = `job="${jobs.prometheusOperator}"`;
const rate = (metric: string) => `rate(${metric}{${prometheus}}[$__rate_interval])`;
const each = (expr: string) => query(`sum by (pod) (${expr})`, "{{pod}}");

export const prometheusServers: Dashboard = {
  uid: "kaas-prometheus",
  title: "Prometheus",
  description: "Both Prometheus, and the operator that configures them.",
  variables: [
    {
      name: "pod",
      title: "Pod",
      label: "pod",
      of: `prometheus_build_info{job=~"${jobs.prometheus}|${jobs.customerPrometheus}"}`,
    },
  ],
  rows: [
    {
      title: "Now",
      panels: [
        stat("Servers", "none", `sum(up{job=~"${jobs.prometheus}|${jobs.customerPrometheus}",endpoint="web"})`),
        stat(
          "Bad configurations",
          "none",
          `count(prometheus_config_last_reload_successful{${prometheus}} == 0) or vector(0)`,
          { amber: 1, red: 1 },
        ),
        stat("Series", "short", `sum(prometheus_tsdb_head_series{${prometheus}})`),
        stat(
          "Rules that fail",
          "none",
          `sum(increase(prometheus_rule_evaluation_failures_total{${prometheus}}[10m]))`,
          { amber: 1, red: 10 },
        ),
        stat(
          "Alerts that were lost",
          "none",
          `sum(increase(prometheus_notifications_dropped_total{${prometheus}}[1h]))`,
          { amber: 1, red: 10 },
        ),
        stat("Resources refused", "none", `sum(prometheus_operator_managed_resources{${operator},state="rejected"})`, {
          amber: 1,
          red: 5,
        }),
        table("Targets that cannot be read", "none", `up{job!=""} == 0`, "Those that this data source reads."),
      ],
    },
    {
      title: "What comes in",
      panels: [
        graph("Samples", "ops", each(rate("prometheus_tsdb_head_samples_appended_total"))),
        graph("Series", "short", each(`prometheus_tsdb_head_series{${prometheus}}`)),
        graph("Targets", "short", each(`prometheus_target_scrape_pool_targets{${prometheus}}`)),
        graph("Samples refused", "ops", [
          query(
            `sum by (pod) (${rate("prometheus_target_scrapes_sample_out_of_order_total")})`,
            "{{pod}} out of order",
          ),
          query(`sum by (pod) (${rate("prometheus_target_scrapes_exceeded_sample_limit_total")})`, "{{pod}} too many"),
        ]),
      ],
    },
    {
      title: "Rules and queries",
      panels: [
        graph(
          "Longest group of rules",
          "s",
          query(`max by (pod) (prometheus_rule_group_last_duration_seconds{${prometheus}})`, "{{pod}}"),
        ),
        graph("Queries", "reqps", each(rate("prometheus_http_requests_total"))),
        graph(
          "Disk",
          "bytes",
          query(
            `prometheus_tsdb_storage_blocks_bytes{${prometheus}} + prometheus_tsdb_wal_storage_size_bytes{${prometheus}}`,
            "{{pod}}",
          ),
        ),
        graph("Memory", "bytes", query(`process_resident_memory_bytes{${prometheus},endpoint="web"}`, "{{pod}}")),
      ],
    },
  ],
};
