import { downCase, type AlertCases } from "./alert-case.js";

const api = `job="kube-apiserver"`;
const requests = {
  [`apiserver_request_total{${api},code="200"}`]: "0+60",
  [`apiserver_request_sli_duration_seconds_count{${api},verb="GET"}`]: "0+60",
} as const;
const quickRequests = `apiserver_request_sli_duration_seconds_bucket{${api},verb="GET",le="1.0"}`;
const certificates = (le: string) =>
  `apiserver_client_certificate_expiration_seconds_bucket{${api},instance="10.0.0.20:6443",le="${le}"}`;
const soonEnding = {
  [certificates("604800.0")]: ["0+60", "0+0"],
  [certificates("7776000.0")]: ["0+60", "0+0"],
  [certificates("31104000.0")]: "0+60",
  [certificates("+Inf")]: "0+60",
} as const;
const build = (job: string, version: string) => `kubernetes_build_info{job="${job}",git_version="v${version}"}`;

export const controlPlaneCases: AlertCases = {
  KubeletDown: downCase("kubelet"),
  KubeVersionsDiffer: {
    series: {
      [build("kube-apiserver", "1.36.3")]: 1,
      [build("kubelet", "1.35.4")]: [1, null],
      [build("kubelet", "1.36.2-eks-1a2b3c4")]: [null, 1],
    },
    labels: {},
    value: "2",
  },
  KubeAPIErrorBudgetBurnFast: {
    series: {
      ...requests,
      [quickRequests]: "0+60",
      [`apiserver_request_total{${api},code="500"}`]: ["0+60", "0+0.1"],
    },
    labels: {},
    value: "50%",
  },
  KubeAPIErrorBudgetBurnSlow: {
    series: { ...requests, [quickRequests]: ["0+54", "0+59"] },
    labels: {},
    value: "10%",
  },
  KubeAPIDown: downCase("kube-apiserver"),
  KubeAggregatedAPIDown: {
    series: { [`aggregator_unavailable_apiservice{${api},name="v1beta1.metrics.k8s.io"}`]: [1, 0] },
    labels: { name: "v1beta1.metrics.k8s.io" },
  },
  KubeAdmissionWebhookFailing: {
    series: {
      [`apiserver_admission_webhook_rejection_count{${api},name="velero",type="validating",error_type="calling_webhook_error"}`]:
        ["0+1", "0+0"],
      [`apiserver_admission_webhook_rejection_count{${api},name="cert-manager",type="validating",error_type="no_error"}`]:
        "0+1",
    },
    labels: { name: "velero", type: "validating" },
  },
  KubeAPIServerDown: { series: { [`up{${api},instance="10.0.0.20:6443"}`]: [0, 1] } },
  KubeAPIAuditFailing: {
    series: { [`apiserver_audit_error_total{${api},instance="10.0.0.20:6443",plugin="log"}`]: ["0+1", "5+0"] },
    labels: { instance: "10.0.0.20:6443", plugin: "log" },
  },
  KubeControllerManagerDown: downCase("kube-controller-manager"),
  KubeSchedulerDown: downCase("kube-scheduler"),
  KubeClientCertificateExpiring: { series: soonEnding, labels: { instance: "10.0.0.20:6443" } },
  KubeClientCertificateExpiresNow: { series: soonEnding, labels: { instance: "10.0.0.20:6443" } },
  KubeletServerCertificateExpiring: {
    series: {
      [`kubelet_certificate_manager_server_ttl_seconds{job="kubelet",instance="10.0.1.5:10250"}`]: [86_400, 8_640_000],
    },
    value: "1d 0h 0m 0s",
  },
  KubeletCertificateRenewalFailing: {
    series: {
      [`kubelet_certificate_manager_client_expiration_renew_errors{job="kubelet",instance="10.0.1.5:10250"}`]: [
        "0+1",
        "5+0",
      ],
    },
  },
  CoreDNSDown: downCase("kube-dns"),
  CoreDNSErrors: {
    series: {
      [`coredns_dns_responses_total{job="kube-dns",rcode="SERVFAIL"}`]: ["0+6", "0+1"],
      [`coredns_dns_responses_total{job="kube-dns",rcode="NOERROR"}`]: "0+54",
    },
    labels: {},
    value: "10%",
  },
  CalicoPolicyFailing: {
    series: { [`felix_int_dataplane_failures{job="calico-node",instance="10.0.1.5:9091"}`]: ["0+1", "20+0"] },
    value: "10",
  },
};
