import type { Dashboard } from "../../charts/grafana/dashboards/dashboard.js";

/** Everything that a dashboard asks Prometheus. */
export function expressionsOf({ rows }: Dashboard): readonly string[] {
  return rows.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries.map(({ expr }) => expr)));
}

/** Names of a viewer's choices in an expression: not Grafana's own, which begin with two underscores. */
export function variablesOf(expr: string): readonly string[] {
  return [...expr.matchAll(/\$([a-z]+)/g)].map(([, name = ""]) => name);
}

/** An expression as Prometheus gets it while a viewer has chosen everything. */
export function substituted(expr: string): string {
  return expr.replaceAll("$__rate_interval", "2m").replace(/\$[a-z]+/g, ".*");
}
