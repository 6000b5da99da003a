import { isOpenStack, type ClusterConfig, type OpenStackClusterConfig } from "../../config/cluster-config.js";
import type { Rule, RuleGroup } from "../alert-rule.js";
import { jobs } from "../jobs.js";

const DAY_SECONDS = 86_400;
const api = `job="${jobs.apiServer}"`;
const kubelet = `job="${jobs.kubelet}"`;

/** Certificates of Kubernetes itself. Those of ingress and cert-manager are with their services. */
export function certificateRules(config: ClusterConfig): readonly RuleGroup[] {
  return [{ name: "certificates", rules: [...kubelets, ...(isOpenStack(config) ? clients(config) : [])] }];
}

/**
 * Days before its end when a certificate must have been renewed: thirty, but a third of its life when that is short, and
 * a quarter of this when it becomes urgent.
 */
export function renewalDays(validityDays: number): { readonly warning: number; readonly critical: number } {
  const warning = Math.min(30, validityDays / 3);
  return { warning, critical: warning / 4 };
}

function clients({ pki }: Pick<OpenStackClusterConfig, "pki">): readonly Rule[] {
  const { warning, critical } = renewalDays(pki.certificateValidityDays);
  return [
    {
      alert: "KubeClientCertificateExpiring",
      expr: clientsExpireWithin(warning),
      for: "15m",
      severity: "warning",
      summary: "A client of the Kubernetes API has a certificate that ends soon.",
      description: `Somebody signs in at {{ $labels.instance }} with a certificate that ends within ${days(warning)}.`,
    },
    {
      alert: "KubeClientCertificateExpiresNow",
      expr: clientsExpireWithin(critical),
      for: "5m",
      severity: "critical",
      summary: "A client of the Kubernetes API is about to be locked out: its certificate ends.",
      description: `Somebody signs in at {{ $labels.instance }} with a certificate that ends within ${days(critical)}.`,
    },
  ];
}

function clientsExpireWithin(days: number): string {
  const bucket = `apiserver_client_certificate_expiration_seconds_bucket{${api}}`;
  return `histogram_quantile(0.01, sum by (instance, le) (rate(${bucket}[5m]))) < ${Math.round(days * DAY_SECONDS)}`;
}

function days(count: number): string {
  return count >= 2 ? `${Math.floor(count)} days` : `${Math.round(count * 24)} hours`;
}

const kubelets: readonly Rule[] = [
  {
    alert: "KubeletServerCertificateExpiring",
    expr: `kubelet_certificate_manager_server_ttl_seconds{${kubelet}} < ${7 * DAY_SECONDS}`,
    for: "15m",
    severity: "warning",
    summary: "A kubelet's serving certificate ends within a week.",
    description:
      "The serving certificate of the kubelet on {{ $labels.instance }} ends in {{ $value | humanizeDuration }}. Then logs and metrics end too.",
  },
  {
    alert: "KubeletCertificateRenewalFailing",
    expr: `
      increase(kubelet_certificate_manager_client_expiration_renew_errors{${kubelet}}[15m]) > 0
      or increase(kubelet_server_expiration_renew_errors{${kubelet}}[15m]) > 0`,
    for: "30m",
    severity: "warning",
    summary: "A kubelet cannot renew its certificate.",
    description: "The kubelet on {{ $labels.instance }} fails to renew a certificate. When it ends, the node is lost.",
  },
];
