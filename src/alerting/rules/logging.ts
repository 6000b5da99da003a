import type { ClusterConfig } from "../../config/cluster-config.js";
import type { Rule, RuleGroup } from "../alert-rule.js";
import { jobDown } from "../job-down.js";
import { jobs } from "../jobs.js";

const elasticsearch = `job="${jobs.elasticsearch}"`;
const fluentd = `job="${jobs.fluentd}"`;
const diskLeft = `
  elasticsearch_filesystem_data_available_bytes{${elasticsearch}}
  / elasticsearch_filesystem_data_size_bytes{${elasticsearch}}`;
const health = (color: string) => `elasticsearch_cluster_health_status{${elasticsearch},color="${color}"} == 1`;

/** Elasticsearch and Fluentd. */
export function loggingRules(config: ClusterConfig): readonly RuleGroup[] {
  const { enabled, replicas, retentionDays } = config.services.logging;
  if (!enabled) return [];
  return [
    { name: "elasticsearch", rules: [...cluster(replicas), ...nodes, retention(retentionDays)] },
    { name: "fluentd", rules: collectors },
  ];
}

/** @param replicas that the configuration names */
function cluster(replicas: number): readonly Rule[] {
  return [
    jobDown({
      alert: "ElasticsearchUnmonitored",
      job: jobs.elasticsearch,
      service: "Elasticsearch's exporter",
      severity: "warning",
      consequence: "Alerts on Elasticsearch are blind.",
    }),
    {
      alert: "ElasticsearchRed",
      expr: health("red"),
      for: "5m",
      severity: "critical",
      summary: "Elasticsearch has lost shards: logs cannot be read or written.",
      description: "At least one primary shard of {{ $labels.cluster }} is on no node.",
    },
    {
      alert: "ElasticsearchYellow",
      expr: health("yellow"),
      for: "30m",
      severity: "warning",
      summary: "Elasticsearch lacks copies of shards.",
      description: "Copies of shards of {{ $labels.cluster }} are on no node: the next loss of a node may lose logs.",
    },
    {
      alert: "ElasticsearchNodesMissing",
      expr: `elasticsearch_cluster_health_number_of_nodes{${elasticsearch}} < ${replicas}`,
      for: "15m",
      severity: "warning",
      summary: "An Elasticsearch node is missing.",
      description: `{{ $labels.cluster }} has {{ $value }} of ${replicas} nodes.`,
    },
  ];
}

const nodes: readonly Rule[] = [
  {
    alert: "ElasticsearchDiskLow",
    expr: `${diskLeft} < 0.15`,
    for: "15m",
    severity: "warning",
    summary: "An Elasticsearch node takes no more shards, its disk fills up.",
    description:
      "{{ $labels.name }} has {{ $value | humanizePercentage }} of its disk left. Below 15 % it takes no new shards.",
  },
  {
    alert: "ElasticsearchDiskFull",
    expr: `${diskLeft} < 0.06`,
    for: "5m",
    severity: "critical",
    summary: "Elasticsearch is about to refuse logs, a disk is full.",
    description:
      "{{ $labels.name }} has {{ $value | humanizePercentage }} of its disk left. Below 5 % its indices turn read-only.",
  },
  {
    alert: "ElasticsearchIndexesNothing",
    expr: `sum by (cluster) (rate(elasticsearch_indices_indexing_index_total{${elasticsearch}}[10m])) <= 0`,
    for: "15m",
    severity: "critical",
    summary: "No logs arrive in Elasticsearch.",
    description: "{{ $labels.cluster }} has indexed nothing: collectors, their way here or the indices are broken.",
  },
];

/** Indices that hold logs, of data streams too. */
const LOG_INDICES = "([.]ds-)?(logs|fluentd|logstash)-.+";

/** @param days after which logs are deleted; two more pass before the last of an index is that old */
function retention(days: number): Rule {
  return {
    alert: "ElasticsearchRetentionOverdue",
    expr: `
      time() - min by (cluster) (elasticsearch_indices_settings_creation_timestamp_seconds{${elasticsearch},index=~"${LOG_INDICES}"})
      > ${(days + 2) * 86_400}`,
    for: "6h",
    severity: "warning",
    summary: "Logs are older than they may become.",
    description: `The oldest index of {{ $labels.cluster }} is {{ $value | humanizeDuration }} old; logs are kept for ${days} days.`,
  };
}

const collectors: readonly Rule[] = [
  jobDown({
    alert: "FluentdDown",
    job: jobs.fluentd,
    service: "Fluentd",
    severity: "critical",
    consequence: "No logs are collected.",
  }),
  {
    alert: "FluentdBufferFull",
    expr: `min by (instance) (fluentd_output_status_buffer_available_space_ratio{${fluentd}}) < 20`,
    for: "10m",
    severity: "warning",
    summary: "A log collector's buffer is almost full.",
    description: "The buffer of {{ $labels.instance }} has {{ $value }} % left. When it is full, logs are lost.",
  },
];
