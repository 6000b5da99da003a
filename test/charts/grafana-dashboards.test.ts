import { describe, expect, it } from "@jest/globals";
import { dashboardModel } from "../../charts/grafana/dashboards/dashboard-model.js";
import { dashboardsOf } from "../../charts/grafana/dashboards/dashboards-of.js";
import { jobs } from "../../src/alerting/jobs.js";
import { eks, openStack } from "../support/bootstraps.js";
import { expressionsOf, variablesOf } from "./dashboard-expressions.js";

const dashboards = dashboardsOf(openStack());
const uids = (config: Parameters<typeof dashboardsOf>[0]) => dashboardsOf(config).map(({ uid }) => uid);
/** Series that Prometheus makes itself, of whichever jobs. */
const OWN_SERIES = /(^|\()(ALERTS\{|up\{job!=""\}|apiserver:[a-z_:0-9]+)/;
const knownJobs: readonly string[] = Object.values(jobs);

describe.each(dashboards.map((dashboard) => [dashboard.title, dashboard] as const))(
  "dashboard %s",
  (_title, dashboard) => {
    it("speaks of jobs that there are", () => {
      for (const expr of expressionsOf(dashboard)) {
        const named = [...expr.matchAll(/\bjob=~?"([^"]*)"/g)].flatMap(([, names = ""]) => names.split("|"));
        if (dashboard.source === "customer" || OWN_SERIES.test(expr)) continue;
        expect([expr, named.filter((job) => !knownJobs.includes(job))]).toEqual([expr, []]);
        expect([expr, named.length > 0]).toEqual([expr, true]);
      }
    });

    it("knows every variable that it uses, and uses every one that it knows", () => {
      const used = [...expressionsOf(dashboard), ...(dashboard.variables ?? []).map((variable) => variable.of)].flatMap(
        variablesOf,
      );
      expect(new Set(used)).toEqual(new Set((dashboard.variables ?? []).map(({ name }) => name)));
    });

    it("asks the Prometheus that is chosen in every panel", () => {
      const { panels = [] } = dashboardModel(dashboard);
      const asking = panels.filter((panel) => "targets" in panel);
      expect(asking).toHaveLength(dashboard.rows.flatMap((row) => row.panels).length);
      for (const panel of asking) expect(panel.datasource).toEqual({ type: "prometheus", uid: "$datasource" });
    });

    it("has panels that lie beside each other, and not over", () => {
      const { panels = [] } = dashboardModel(dashboard);
      const cells = panels.flatMap(({ gridPos }) => {
        const { x = 0, y = 0, w = 0, h = 0 } = gridPos ?? {};
        expect(x + w).toBeLessThanOrEqual(24);
        return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`);
      });
      expect(new Set(cells).size).toBe(cells.length);
    });
  },
);

describe("dashboards", () => {
  it("have addresses that stay", () => {
    expect(uids(openStack())).toEqual([
      "kaas-cluster",
      "kaas-nodes",
      "kaas-namespaces",
      "kaas-workloads",
      "kaas-api-server",
      "kaas-control-plane",
      "kaas-etcd",
      "kaas-prometheus",
      "kaas-alertmanager",
      "kaas-dns",
      "kaas-network",
      "kaas-volumes",
      "kaas-certificates",
      "kaas-backups",
      "kaas-kubernetes-auth",
      "kaas-applications",
    ]);
  });

  it("show of EKS what is not Amazon's", () => {
    expect(uids(eks())).not.toContain("kaas-etcd");
    expect(uids(eks())).not.toContain("kaas-control-plane");
  });

  it("show no service that is switched off", () => {
    const without = openStack({
      services: { backup: { enabled: false } },
      auth: { mode: "external", url: "https://auth.example.com" },
    });
    expect(uids(without)).not.toContain("kaas-backups");
    expect(uids(without)).not.toContain("kaas-kubernetes-auth");
  });

  it("of users ask the customers' Prometheus until somebody chooses another", () => {
    const chosen = dashboards.map((dashboard) => dashboardModel(dashboard).templating.list?.[0]?.current?.value);
    expect(chosen.at(-1)).toBe("prometheus-customer");
    expect(new Set(chosen.slice(0, -1))).toEqual(new Set(["prometheus-k8s"]));
  });
});
