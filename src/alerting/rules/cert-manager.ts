import type { RuleGroup } from "../alert-rule.js";
import { jobDown } from "../job-down.js";
import { jobs } from "../jobs.js";

const certManager = `job="${jobs.certManager}"`;

/** Certificates within the cluster. */
export function certManagerRules(): readonly RuleGroup[] {
  return [
    {
      name: "cert-manager",
      rules: [
        jobDown({
          alert: "CertManagerDown",
          job: jobs.certManager,
          service: "cert-manager",
          severity: "warning",
          consequence: "No certificate is issued or renewed.",
          for: "15m",
        }),
        {
          alert: "CertificateNotReady",
          expr: `max by (exported_namespace, namespace, name) (certmanager_certificate_ready_status{${certManager},condition!="True"} == 1)`,
          for: "30m",
          severity: "warning",
          summary: "A certificate cannot be issued.",
          description: "The Certificate {{ $labels.name }} has not been ready for half an hour.",
        },
        {
          alert: "CertificateExpiring",
          expr: `
            min by (exported_namespace, namespace, name) (
              certmanager_certificate_expiration_timestamp_seconds{${certManager}} > 0
            ) - time() < 7 * 86400`,
          for: "1h",
          severity: "critical",
          summary: "A certificate ends within a week and was not renewed.",
          description: "The Certificate {{ $labels.name }} ends in {{ $value | humanizeDuration }}.",
        },
      ],
    },
  ];
}
