import { isOpenStack, type ClusterConfig } from "../../config/cluster-config.js";
import type { Rule, RuleGroup } from "../alert-rule.js";
import { jobDown } from "../job-down.js";
import { jobs } from "../jobs.js";
import { kubernetesAuthMetrics as metrics } from "../../api/auth-metrics.js";

const auth = `job="${jobs.kubernetesAuth}"`;

/** Signing in: the service where it runs, and the API server that asks it. */
export function kubernetesAuthRules(config: ClusterConfig): readonly RuleGroup[] {
  return [
    { name: "kubernetes-auth", rules: config.auth.mode === "hosted" ? service : [] },
    // EKS has no webhook to ask.
    { name: "authentication", rules: isOpenStack(config) ? [asking] : [] },
    { name: "sign-on", rules: [signOn] },
  ];
}

const service: readonly Rule[] = [
  jobDown({
    alert: "KubernetesAuthDown",
    job: jobs.kubernetesAuth,
    service: "kubernetes-auth",
    severity: "critical",
    consequence: "Nobody can sign in but by a client certificate.",
    for: "5m",
  }),
  {
    alert: "KubernetesAuthFailing",
    expr: `
      sum(rate(${metrics.requests}{${auth},code=~"5.."}[5m])) / sum(rate(${metrics.requests}{${auth}}[5m])) > 0.02`,
    for: "5m",
    severity: "critical",
    summary: "kubernetes-auth answers requests with errors.",
    description: "{{ $value | humanizePercentage }} of the requests to kubernetes-auth fail.",
  },
  {
    alert: "KubernetesAuthStoreDown",
    expr: `${metrics.storeUp}{${auth}} == 0`,
    for: "3m",
    severity: "critical",
    summary: "kubernetes-auth cannot reach its store.",
    description: "{{ $labels.pod }} has no store: it can judge no token.",
  },
  {
    alert: "KubernetesAuthIdentityBackendDown",
    expr: `max by (backend) (${metrics.identityBackendUp}{${auth}}) == 0`,
    for: "10m",
    severity: "warning",
    summary: "kubernetes-auth cannot reach the service that knows its users.",
    description:
      "The identity back-end {{ $labels.backend }} does not answer: nobody can sign in anew, and roles are served stale.",
  },
  {
    alert: "KubernetesAuthIdentitiesStale",
    expr: `max by (backend) (${metrics.identityAge}{${auth}}) > 3600`,
    for: "10m",
    severity: "warning",
    summary: "kubernetes-auth serves identities that are more than an hour old.",
    description:
      "The oldest identity of {{ $labels.backend }} is {{ $value | humanizeDuration }} old: who lost a role may still have it.",
  },
  {
    alert: "KubernetesAuthSignInsRefused",
    expr: `sum by (backend) (rate(${metrics.signIns}{${auth},result="failure"}[10m])) > 1`,
    for: "10m",
    severity: "warning",
    summary: "Very many attempts to sign in are refused.",
    description:
      "{{ $value | humanize }} attempts a second to sign in with {{ $labels.backend }} are refused: somebody guesses, or a program has an old password.",
  },
];

const asking: Rule = {
  alert: "KubeAPIAuthenticationErrors",
  expr: `sum by (instance) (rate(authentication_attempts{job="${jobs.apiServer}",result="error"}[5m])) > 0.1`,
  for: "10m",
  severity: "critical",
  summary: "The Kubernetes API cannot find out who its users are.",
  description:
    "{{ $labels.instance }} fails to authenticate {{ $value | humanize }} requests a second: kubernetes-auth does not answer it.",
};

const signOn: Rule = jobDown({
  alert: "SignOnDown",
  job: jobs.signOn,
  service: "the sign-on proxy",
  severity: "critical",
  consequence: "Nobody reaches the pages of the managed services.",
});
