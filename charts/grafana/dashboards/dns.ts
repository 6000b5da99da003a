import { jobs } from "../../../src/alerting/jobs.js";
import { graph, quantile, query, stat, type Dashboard } from "./dashboard.js";

const dns = `job="${jobs.coreDns}"`;
const rate = (metric: string, matchers = dns) => `rate(${metric}{${matchers}}[$__rate_interval])`;

export const dnsServers: Dashboard = {
  uid: "kaas-dns",
  title: "DNS",
  description: "Names within the cluster.",
  rows: [
    {
      title: "Now",
      panels: [
        stat("Servers", "none", `sum(up{${dns}})`, { amber: 2, red: 1 }),
        stat("Queries", "reqps", `sum(${rate("coredns_dns_requests_total")})`),
        stat(
          "Failures",
          "percentunit",
          `sum(${rate("coredns_dns_responses_total", `${dns},rcode="SERVFAIL"`)}) / sum(${rate("coredns_dns_responses_total")})`,
          { amber: 0.01, red: 0.03 },
        ),
        stat(
          "Answered from memory",
          "percentunit",
          `sum(${rate("coredns_cache_hits_total")}) / sum(${rate("coredns_cache_requests_total")})`,
        ),
      ],
    },
    {
      title: "Queries",
      panels: [
        graph("By type", "reqps", query(`sum by (type) (${rate("coredns_dns_requests_total")})`, "{{type}}"), {
          stacked: true,
        }),
        graph("By answer", "reqps", query(`sum by (rcode) (${rate("coredns_dns_responses_total")})`, "{{rcode}}"), {
          stacked: true,
        }),
        graph(
          "99 of 100 take less than",
          "s",
          query(quantile(0.99, "coredns_dns_request_duration_seconds", dns, ["instance"]), "{{instance}}"),
        ),
        graph(
          "Asked of others: 99 of 100 take less than",
          "s",
          query(quantile(0.99, "coredns_proxy_request_duration_seconds", dns, ["to"]), "{{to}}"),
        ),
        graph("By server", "reqps", query(`sum by (instance) (${rate("coredns_dns_requests_total")})`, "{{instance}}")),
        graph("Memory", "bytes", query(`process_resident_memory_bytes{${dns}}`, "{{instance}}")),
      ],
    },
  ],
};
