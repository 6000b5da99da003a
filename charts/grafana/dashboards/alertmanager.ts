import { jobs } from "../../../src/alerting/jobs.js";
import { graph, quantile, query, stat, table, type Dashboard } from "./dashboard.js";

const alertmanager = `job="${jobs.alertmanager}"`;
const rate = (metric: string) => `rate(${metric}{${alertmanager}}[$__rate_interval])`;

export const alertmanagers: Dashboard = {
  uid: "kaas-alertmanager",
  title: "Alerts",
  description: "What fires, and whether those who are to be told hear of it.",
  rows: [
    {
      title: "Now",
      panels: [
        stat("Critical", "none", `count(ALERTS{alertstate="firing",severity="critical"}) or vector(0)`, {
          amber: 1,
          red: 1,
        }),
        stat("Warnings", "none", `count(ALERTS{alertstate="firing",severity="warning"}) or vector(0)`, {
          amber: 1,
          red: 10,
        }),
        stat("Pending", "none", `count(ALERTS{alertstate="pending"}) or vector(0)`),
        stat("Silenced", "none", `max(alertmanager_alerts{${alertmanager},state="suppressed"})`),
        stat("Members", "none", `max(alertmanager_cluster_members{${alertmanager}})`),
        stat(
          "Messages that failed in an hour",
          "none",
          `sum(increase(alertmanager_notifications_failed_total{${alertmanager}}[1h]))`,
          { amber: 1, red: 10 },
        ),
        table("Firing", "none", `ALERTS{alertstate="firing",severity!="info"}`),
      ],
    },
    {
      title: "Messages",
      panels: [
        graph(
          "Alerts",
          "short",
          query(`sum by (alertname) (ALERTS{alertstate="firing",severity!="info"})`, "{{alertname}}"),
          { stacked: true },
        ),
        graph(
          "Sent",
          "ops",
          query(`sum by (integration) (${rate("alertmanager_notifications_total")})`, "{{integration}}"),
        ),
        graph(
          "Failed",
          "ops",
          query(
            `sum by (integration, reason) (${rate("alertmanager_notifications_failed_total")})`,
            "{{integration}} {{reason}}",
          ),
        ),
        graph(
          "99 of 100 take less than",
          "s",
          query(
            quantile(0.99, "alertmanager_notification_latency_seconds", alertmanager, ["integration"]),
            "{{integration}}",
          ),
        ),
      ],
    },
  ],
};
