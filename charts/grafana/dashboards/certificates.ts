import { jobs } from "../../../src/alerting/jobs.js";
import { graph, query, stat, table, type Dashboard } from "./dashboard.js";

const certManager = `job="${jobs.certManager}"`;
const probe = `job="${jobs.blackbox}"`;
const kubelet = `job="${jobs.kubelet}"`;
const api = `job="${jobs.apiServer}"`;
const issued = `certmanager_certificate_expiration_timestamp_seconds{${certManager}} > 0`;

export const certificates: Dashboard = {
  uid: "kaas-certificates",
  title: "Certificates and hosts",
  description: "When certificates end, and whether the platform's own hosts answer.",
  rows: [
    {
      title: "Now",
      panels: [
        stat("Certificates", "none", `count(${issued})`),
        stat(
          "Not ready",
          "none",
          `count(certmanager_certificate_ready_status{${certManager},condition!="True"} == 1) or vector(0)`,
          { amber: 1, red: 1 },
        ),
        stat("Next to end", "s", `min(${issued}) - time()`, { amber: 14 * 86_400, red: 7 * 86_400 }),
        stat("Next to end of hosts", "s", `min(probe_ssl_earliest_cert_expiry{${probe}}) - time()`, {
          amber: 20 * 86_400,
          red: 10 * 86_400,
        }),
        stat("Hosts that do not answer", "none", `count(probe_success{${probe}} == 0) or vector(0)`, {
          amber: 1,
          red: 1,
        }),
        stat("Next to end of kubelets", "s", `min(kubelet_certificate_manager_server_ttl_seconds{${kubelet}})`, {
          amber: 14 * 86_400,
          red: 7 * 86_400,
        }),
        table("Time left", "s", `sort(min by (exported_namespace, namespace, name) (${issued}) - time())`),
      ],
    },
    {
      title: "Hosts",
      panels: [
        graph("Answers", "bool_on_off", query(`min by (instance) (probe_success{${probe}})`, "{{instance}}")),
        graph(
          "Time that answers take",
          "s",
          query(`max by (instance) (probe_duration_seconds{${probe}})`, "{{instance}}"),
        ),
      ],
    },
    {
      title: "Clients of the Kubernetes API",
      panels: [
        graph("One of 100 certificates ends within", "s", [
          query(
            `histogram_quantile(0.01, sum by (instance, le) (rate(apiserver_client_certificate_expiration_seconds_bucket{${api}}[$__rate_interval])))`,
            "{{instance}}",
          ),
        ]),
        graph(
          "Renewals of kubelets that failed",
          "short",
          query(`increase(kubelet_server_expiration_renew_errors{${kubelet}}[$__rate_interval])`, "{{instance}}"),
        ),
      ],
    },
  ],
};
