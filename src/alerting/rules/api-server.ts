import { isOpenStack, type ClusterConfig } from "../../config/cluster-config.js";
import type { Rule, RuleGroup } from "../alert-rule.js";
import { jobDown } from "../job-down.js";
import { jobs } from "../jobs.js";

const api = `job="${jobs.apiServer}"`;
/** Requests that end by themselves: not watches, nor what a user keeps open. */
const short = `${api},verb!~"WATCH|CONNECT|LIST",subresource!~"proxy|attach|log|exec|portforward"`;

/** Of a hundred requests in thirty days one may fail or take more than a second. */
const ERROR_BUDGET = 0.01;
const WINDOWS = ["5m", "30m", "1h", "2h", "6h", "1d"] as const;

type Window = (typeof WINDOWS)[number];

function errorRatio(window: Window): string {
  return `apiserver:request_errors:ratio_rate${window}`;
}

/** Share of requests that spent the budget. Prometheus 3 reads the bucket `1` as `1.0`. */
function recordErrors(window: Window): Rule {
  return {
    record: errorRatio(window),
    expr: `
      (
        (sum(rate(apiserver_request_total{${api},code=~"5.."}[${window}])) or vector(0))
        + sum(rate(apiserver_request_sli_duration_seconds_count{${short}}[${window}]))
        - sum(rate(apiserver_request_sli_duration_seconds_bucket{${short},le=~"1(\\\\.0)?"}[${window}]))
      ) / sum(rate(apiserver_request_total{${api}}[${window}]))`,
  };
}

/** Two windows: the long one says that it matters, the short one that it still goes on. Source: sre.google/workbook */
function burning(long: Window, short: Window, factor: number): string {
  const limit = (factor * ERROR_BUDGET).toFixed(3);
  return `${errorRatio(long)} > ${limit} and ${errorRatio(short)} > ${limit}`;
}

export function apiServerRules(config: ClusterConfig): readonly RuleGroup[] {
  return [
    { name: "api-server-errors", rules: WINDOWS.map(recordErrors) },
    { name: "api-server-budget", rules: budget },
    { name: "api-server", rules: [...reachable, ...requests, ...(isOpenStack(config) ? ownServers : [])] },
  ];
}

const budget: RuleGroup["rules"] = [
  {
    alert: "KubeAPIErrorBudgetBurnFast",
    expr: `(${burning("1h", "5m", 14.4)}) or (${burning("6h", "30m", 6)})`,
    for: "2m",
    severity: "critical",
    summary: "The Kubernetes API fails so often that a month's error budget is gone within days.",
    description:
      "{{ $value | humanizePercentage }} of the requests of the last hours failed or took more than a second.",
  },
  {
    alert: "KubeAPIErrorBudgetBurnSlow",
    expr: burning("1d", "2h", 3),
    for: "1h",
    severity: "warning",
    summary: "The Kubernetes API fails so often that a month's error budget is gone in ten days.",
    description: "{{ $value | humanizePercentage }} of the requests of a day failed or took more than a second.",
  },
];

const reachable: readonly Rule[] = [
  jobDown({
    alert: "KubeAPIDown",
    job: jobs.apiServer,
    service: "the Kubernetes API",
    severity: "critical",
    consequence: "Nothing in the cluster can be changed, and failed pods are not replaced.",
    for: "5m",
  }),
];

const requests: readonly Rule[] = [
  {
    alert: "KubeAggregatedAPIDown",
    expr: `max by (name) (aggregator_unavailable_apiservice{${api}}) == 1`,
    for: "10m",
    severity: "warning",
    summary: "An API that another server provides is not available.",
    description: "The API service {{ $labels.name }} is not available.",
  },
  {
    alert: "KubeAdmissionWebhookFailing",
    expr: `sum by (name, type) (rate(apiserver_admission_webhook_rejection_count{${api},error_type!="no_error"}[5m])) > 0`,
    for: "10m",
    severity: "warning",
    summary: "Changes are refused because an admission webhook does not answer.",
    description:
      "The {{ $labels.type }} webhook {{ $labels.name }} fails, and the API server refuses what it should judge.",
  },
];

/** What the API servers of one's own show; Amazon watches its own. */
const ownServers: readonly Rule[] = [
  {
    alert: "KubeAPIServerDown",
    expr: `up{${api}} == 0`,
    for: "10m",
    severity: "warning",
    summary: "One of the API servers does not answer.",
    description: "The API server {{ $labels.instance }} cannot be reached. The others serve, as long as they last.",
  },
  {
    alert: "KubeAPIAuditFailing",
    expr: `sum by (instance, plugin) (rate(apiserver_audit_error_total{${api}}[5m])) > 0`,
    for: "10m",
    severity: "critical",
    summary: "The audit log loses events.",
    description: "The API server {{ $labels.instance }} cannot write audit events ({{ $labels.plugin }}).",
  },
];
