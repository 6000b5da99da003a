import { jobs } from "../../../src/alerting/jobs.js";
import { graph, quantile, query, stat, type Dashboard } from "./dashboard.js";

const scheduler = `job="${jobs.scheduler}"`;
const manager = `job="${jobs.controllerManager}"`;
const both = `job=~"${jobs.scheduler}|${jobs.controllerManager}"`;
const rate = (metric: string, matchers: string) => `rate(${metric}{${matchers}}[$__rate_interval])`;

/** Where these are the cluster's own. */
export const controlPlane: Dashboard = {
  uid: "kaas-control-plane",
  title: "Scheduler and controllers",
  description: "What places pods, and what brings the cluster to what it should be.",
  rows: [
    {
      title: "Now",
      panels: [
        stat("Schedulers", "none", `sum(up{${scheduler}})`, { amber: 1, red: 0.5 }),
        stat("Controller managers", "none", `sum(up{${manager}})`, { amber: 1, red: 0.5 }),
        stat("Pods that wait", "none", `sum(scheduler_pending_pods{${scheduler}})`, { amber: 1, red: 10 }),
        stat("Work that waits", "none", `sum(workqueue_depth{${manager}})`, { amber: 100, red: 1000 }),
      ],
    },
    {
      title: "Scheduler",
      panels: [
        graph("Pods that wait", "short", query(`sum by (queue) (scheduler_pending_pods{${scheduler}})`, "{{queue}}"), {
          stacked: true,
        }),
        graph(
          "Attempts",
          "ops",
          query(`sum by (result) (${rate("scheduler_schedule_attempts_total", scheduler)})`, "{{result}}"),
        ),
        graph(
          "99 of 100 attempts take less than",
          "s",
          query(quantile(0.99, "scheduler_scheduling_attempt_duration_seconds", scheduler, ["result"]), "{{result}}"),
        ),
        graph(
          "Pods that made way",
          "ops",
          query(`sum(${rate("scheduler_preemption_attempts_total", scheduler)})`, "preemptions"),
        ),
      ],
    },
    {
      title: "Controllers",
      panels: [
        graph("Work that waits", "short", query(`topk(10, sum by (name) (workqueue_depth{${manager}}))`, "{{name}}")),
        graph(
          "Work that comes in",
          "ops",
          query(`topk(10, sum by (name) (${rate("workqueue_adds_total", manager)}))`, "{{name}}"),
        ),
        graph(
          "Work done again",
          "ops",
          query(`topk(10, sum by (name) (${rate("workqueue_retries_total", manager)}))`, "{{name}}"),
        ),
        graph(
          "Requests to the API",
          "reqps",
          query(`sum by (job, code) (${rate("rest_client_requests_total", both)})`, "{{job}} {{code}}"),
        ),
      ],
    },
  ],
};
