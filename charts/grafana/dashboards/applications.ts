import { graph, query, stat, table, type Dashboard } from "./dashboard.js";

const chosen = `namespace=~"$namespace",job=~"$job"`;

/** The users' own: nothing is known of their metrics but that they are read. */
export const applications: Dashboard = {
  uid: "kaas-applications",
  title: "Applications",
  description: "What users have the customers' Prometheus read.",
  source: "customer",
  variables: [
    { name: "namespace", title: "Namespace", label: "namespace", of: "up" },
    { name: "job", title: "Job", label: "job", of: `up{namespace=~"$namespace"}` },
  ],
  rows: [
    {
      title: "Now",
      panels: [
        stat("Targets", "none", `count(up{${chosen}})`),
        stat("Targets that cannot be read", "none", `count(up{${chosen}} == 0) or vector(0)`, { amber: 1, red: 5 }),
        stat("Series", "short", `sum(scrape_samples_post_metric_relabeling{${chosen}})`),
        stat("Alerts", "none", `count(ALERTS{alertstate="firing",namespace=~"$namespace"}) or vector(0)`, {
          amber: 1,
          red: 10,
        }),
        table("Alerts", "none", `ALERTS{alertstate="firing",namespace=~"$namespace"}`),
        table("Targets", "none", `up{${chosen}}`, "1: it is read."),
      ],
    },
    {
      title: "Targets",
      panels: [
        graph(
          "Share that is read",
          "percentunit",
          query(`avg by (namespace, job) (up{${chosen}})`, "{{namespace}} {{job}}"),
        ),
        graph(
          "Time that reading takes",
          "s",
          query(`max by (namespace, job) (scrape_duration_seconds{${chosen}})`, "{{namespace}} {{job}}"),
        ),
        graph(
          "Series",
          "short",
          query(`sum by (namespace, job) (scrape_samples_post_metric_relabeling{${chosen}})`, "{{namespace}} {{job}}"),
        ),
        graph(
          "New series",
          "short",
          query(`sum by (namespace, job) (scrape_series_added{${chosen}})`, "{{namespace}} {{job}}"),
        ),
      ],
    },
  ],
};
