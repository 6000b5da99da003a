import type { ClusterConfig } from "../../config/cluster-config.js";
import type { RuleGroup } from "../alert-rule.js";
import { jobDown } from "../job-down.js";
import { jobs } from "../jobs.js";

const ingress = `job="${jobs.ingress}"`;
const probe = `job="${jobs.blackbox}"`;

/** The way in: the controller, and the platform's own hosts as seen from within. */
export function ingressRules(config: ClusterConfig): readonly RuleGroup[] {
  if (!config.services.ingress.enabled) return [];
  return [
    {
      name: "ingress",
      rules: [
        jobDown({
          alert: "IngressControllerDown",
          job: jobs.ingress,
          service: "the ingress controller",
          severity: "critical",
          consequence: "Nothing in the cluster can be reached from outside, the platform's pages included.",
          for: "5m",
        }),
        {
          alert: "IngressReloadFailed",
          expr: `nginx_ingress_controller_nginx_last_reload_status{${ingress}} == 0`,
          for: "10m",
          severity: "warning",
          summary: "The ingress controller cannot apply its configuration.",
          description:
            "NGINX in {{ $labels.pod }} goes on with the configuration that it had: newer hosts are missing.",
        },
        {
          alert: "PlatformHostUnreachable",
          expr: `probe_success{${probe}} == 0`,
          for: "5m",
          severity: "critical",
          summary: "A page of the platform cannot be reached.",
          description: "{{ $labels.instance }} does not answer as it should.",
        },
        {
          alert: "PlatformHostCertificateExpiring",
          expr: `probe_ssl_earliest_cert_expiry{${probe}} - time() < 10 * 86400`,
          for: "1h",
          severity: "warning",
          summary: "A page of the platform shows a certificate that ends within ten days.",
          description: "The certificate of {{ $labels.instance }} ends in {{ $value | humanizeDuration }}.",
        },
      ],
    },
  ];
}
