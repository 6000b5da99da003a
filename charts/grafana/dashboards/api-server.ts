import { jobs } from "../../../src/alerting/jobs.js";
import { graph, quantile, query, stat, type Dashboard } from "./dashboard.js";

const api = `job="${jobs.apiServer}"`;
/** Requests that end by themselves. */
const short = `${api},verb!~"WATCH|CONNECT",subresource!~"proxy|attach|log|exec|portforward"`;
const rate = (metric: string, matchers = api) => `rate(${metric}{${matchers}}[$__rate_interval])`;

export const apiServer: Dashboard = {
  uid: "kaas-api-server",
  title: "Kubernetes API",
  description: "Requests to the API servers, how long they take and how many fail.",
  rows: [
    {
      title: "Now",
      panels: [
        stat("API servers", "none", `sum(up{${api}})`, { amber: 1, red: 0.5 }),
        stat("Requests", "reqps", `sum(${rate("apiserver_request_total")})`),
        stat(
          "Errors",
          "percentunit",
          `sum(${rate("apiserver_request_total", `${api},code=~"5.."`)}) / sum(${rate("apiserver_request_total")})`,
          {
            amber: 0.01,
            red: 0.05,
          },
        ),
        stat("Budget spent in a day", "percentunit", `apiserver:request_errors:ratio_rate1d`, {
          amber: 0.01,
          red: 0.03,
        }),
        stat("Objects", "short", `sum(max by (group, resource) (apiserver_resource_objects{${api}}))`),
        stat("APIs not available", "none", `sum(aggregator_unavailable_apiservice{${api}})`, { amber: 1, red: 2 }),
      ],
    },
    {
      title: "Requests",
      panels: [
        graph("By verb", "reqps", query(`sum by (verb) (${rate("apiserver_request_total")})`, "{{verb}}"), {
          stacked: true,
        }),
        graph("By answer", "reqps", query(`sum by (code) (${rate("apiserver_request_total")})`, "{{code}}"), {
          stacked: true,
        }),
        graph(
          "99 of 100 take less than",
          "s",
          query(quantile(0.99, "apiserver_request_sli_duration_seconds", short, ["verb"]), "{{verb}}"),
        ),
        graph(
          "In progress",
          "short",
          query(
            `sum by (instance, request_kind) (apiserver_current_inflight_requests{${api}})`,
            "{{instance}} {{request_kind}}",
          ),
        ),
        graph(
          "Refused for want of room",
          "reqps",
          query(
            `sum by (priority_level, reason) (${rate("apiserver_flowcontrol_rejected_requests_total")})`,
            "{{priority_level}} {{reason}}",
          ),
        ),
        graph(
          "Webhooks: 99 of 100 take less than",
          "s",
          query(quantile(0.99, "apiserver_admission_webhook_admission_duration_seconds", api, ["name"]), "{{name}}"),
        ),
      ],
    },
    {
      title: "Users and audit",
      panels: [
        graph("Sign-ins", "reqps", query(`sum by (result) (${rate("authentication_attempts")})`, "{{result}}")),
        graph(
          "Audit events that were lost",
          "ops",
          query(`sum by (instance) (${rate("apiserver_audit_error_total")})`, "{{instance}}"),
        ),
      ],
    },
    {
      title: "Servers",
      panels: [
        graph("Memory", "bytes", query(`process_resident_memory_bytes{${api}}`, "{{instance}}")),
        graph("Processors", "cores", query(rate("process_cpu_seconds_total"), "{{instance}}")),
      ],
    },
  ],
};
