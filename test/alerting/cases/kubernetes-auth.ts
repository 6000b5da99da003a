import { kubernetesAuthMetrics as metrics } from "../../../src/api/auth-metrics.js";
import { downCase, type AlertCases } from "./alert-case.js";

const auth = `job="kubernetes-auth"`;
const keystone = `${auth},pod="kubernetes-auth-0",backend="keystone"`;
const requests = (code: string) =>
  `${metrics.requests}{${auth},route="/authenticate/token",method="POST",code="${code}"}`;

export const kubernetesAuthCases: AlertCases = {
  KubernetesAuthDown: downCase("kubernetes-auth"),
  KubernetesAuthFailing: {
    series: { [requests("500")]: ["0+6", "0+1"], [requests("200")]: "0+54" },
    labels: {},
    value: "10%",
  },
  KubernetesAuthStoreDown: { series: { [`${metrics.storeUp}{${auth},pod="kubernetes-auth-0"}`]: [0, 1] } },
  KubernetesAuthIdentityBackendDown: {
    series: { [`${metrics.identityBackendUp}{${keystone}}`]: [0, 1] },
    labels: { backend: "keystone" },
  },
  KubernetesAuthIdentitiesStale: {
    series: { [`${metrics.identityAge}{${keystone}}`]: [7200, 600] },
    labels: { backend: "keystone" },
    value: "2h 0m 0s",
  },
  KubernetesAuthSignInsRefused: {
    series: {
      [`${metrics.signIns}{${keystone},result="failure"}`]: ["0+120", "0+30"],
      [`${metrics.signIns}{${keystone},result="success"}`]: "0+120",
    },
    labels: { backend: "keystone" },
    value: "2",
  },
  KubeAPIAuthenticationErrors: {
    series: {
      [`authentication_attempts{job="kube-apiserver",instance="10.0.0.20:6443",result="error"}`]: ["0+60", "0+1"],
    },
    labels: { instance: "10.0.0.20:6443" },
    value: "1",
  },
  SignOnDown: downCase("oauth2-proxy"),
};
