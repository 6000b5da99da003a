import { jobs } from "../../../src/alerting/jobs.js";
import { kubernetesAuthMetrics as metrics } from "../../../src/api/auth-metrics.js";
import { graph, quantile, query, stat, type Dashboard } from "./dashboard.js";

const auth = `job="${jobs.kubernetesAuth}"`;
const rate = (metric: string, matchers = auth) => `rate(${metric}{${matchers}}[$__rate_interval])`;

/** Where it runs in the cluster. */
export const kubernetesAuth: Dashboard = {
  uid: "kaas-kubernetes-auth",
  title: "kubernetes-auth",
  description: "Who signs in, which tokens are judged, and whether what this needs answers.",
  rows: [
    {
      title: "Now",
      panels: [
        stat("Replicas", "none", `sum(up{${auth}})`, { amber: 2, red: 1 }),
        stat("Requests", "reqps", `sum(${rate(metrics.requests)})`),
        stat(
          "Errors",
          "percentunit",
          `sum(${rate(metrics.requests, `${auth},code=~"5.."`)}) / sum(${rate(metrics.requests)})`,
          { amber: 0.005, red: 0.02 },
        ),
        stat("Replicas without a store", "none", `count(${metrics.storeUp}{${auth}} == 0) or vector(0)`, {
          amber: 1,
          red: 1,
        }),
        stat(
          "Identity back-ends down",
          "none",
          `count(max by (backend) (${metrics.identityBackendUp}{${auth}}) == 0) or vector(0)`,
          { amber: 1, red: 1 },
        ),
        stat("Oldest identity", "s", `max(${metrics.identityAge}{${auth}})`, { amber: 1800, red: 3600 }),
      ],
    },
    {
      title: "Tokens and sign-ins",
      panels: [
        graph("Tokens judged", "ops", query(`sum by (result) (${rate(metrics.tokenReviews)})`, "{{result}}"), {
          stacked: true,
        }),
        graph(
          "Sign-ins",
          "ops",
          query(`sum by (backend, result) (${rate(metrics.signIns)})`, "{{backend}} {{result}}"),
        ),
        graph("Requests", "reqps", query(`sum by (route) (${rate(metrics.requests)})`, "{{route}}"), { stacked: true }),
        graph(
          "99 of 100 take less than",
          "s",
          query(quantile(0.99, metrics.requestDuration, auth, ["route"]), "{{route}}"),
        ),
      ],
    },
    {
      title: "What it needs",
      panels: [
        graph("Store", "bool_on_off", query(`min by (pod) (${metrics.storeUp}{${auth}})`, "{{pod}}")),
        graph(
          "Identity back-ends",
          "bool_on_off",
          query(`max by (backend) (${metrics.identityBackendUp}{${auth}})`, "{{backend}}"),
        ),
        graph("Age of identities", "s", query(`max by (backend) (${metrics.identityAge}{${auth}})`, "{{backend}}")),
        graph("Memory", "bytes", query(`process_resident_memory_bytes{${auth}}`, "{{pod}}")),
      ],
    },
  ],
};
