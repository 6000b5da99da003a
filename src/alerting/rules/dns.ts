import type { RuleGroup } from "../alert-rule.js";
import { jobDown } from "../job-down.js";
import { jobs } from "../jobs.js";

const coreDns = `job="${jobs.coreDns}"`;

/** Names within the cluster. */
export function dnsRules(): readonly RuleGroup[] {
  return [
    {
      name: "dns",
      rules: [
        jobDown({
          alert: "CoreDNSDown",
          job: jobs.coreDns,
          service: "CoreDNS",
          severity: "critical",
          consequence: "Pods find no service by its name.",
          for: "5m",
        }),
        {
          alert: "CoreDNSErrors",
          expr: `
            sum(rate(coredns_dns_responses_total{${coreDns},rcode="SERVFAIL"}[5m]))
            / sum(rate(coredns_dns_responses_total{${coreDns}}[5m])) > 0.03`,
          for: "10m",
          severity: "warning",
          summary: "CoreDNS fails to answer many queries.",
          description: "CoreDNS answers {{ $value | humanizePercentage }} of the queries with SERVFAIL.",
        },
      ],
    },
  ];
}
