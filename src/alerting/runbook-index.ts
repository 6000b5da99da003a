import { markdownTable } from "../config/markdown-table.js";
import type { ClusterConfig } from "../config/cluster-config.js";
import { smallestFiles } from "../config/docs.js";
import { parseText } from "../config/load.js";
import { alertsOf, type AlertRule, type RuleGroup } from "./alert-rule.js";
import { alertingRules } from "./alerting-rules.js";

/** Every provider's rules with every service enabled, as the defaults are. */
function rulesByProvider(): ReadonlyMap<string, readonly RuleGroup[]> {
  return new Map(
    Object.entries(smallestFiles).map(([provider, text]) => [provider, alertingRules(configurationOf(text))]),
  );
}

function configurationOf(text: string): ClusterConfig {
  const result = parseText(text, () => "");
  if (!result.ok) throw new Error("a smallest file is not sound");
  return result.config;
}

/** Alerts that there are on any provider, by name. */
export function everyAlert(): ReadonlyMap<string, AlertRule> {
  const alerts = [...rulesByProvider().values()].flatMap(alertsOf);
  return new Map(alerts.map((rule) => [rule.alert, rule]));
}

/** docs/runbooks/README.md */
export function runbookIndex(): string {
  const byProvider = [...rulesByProvider()];
  const groupNames = new Set(byProvider.flatMap(([, groups]) => groups.map(({ name }) => name)));
  const sections = [...groupNames].flatMap((name) => section(name, byProvider));
  return `${[
    "# Runbooks",
    "<!-- Written by src/alerting/generate-docs.ts from the rules. -->",
    "What to do when an alert fires, by the topic of its rule. `critical` calls somebody at any hour, `warning` waits for the working day, `info` for time. Thresholds that follow from `bootstrap.yaml` are those of its defaults.",
    "Words in capitals in the commands stand for names that the alert shows. On EKS, `aws ssm start-session --target INSTANCE` takes the place of `ssh core@NODE`.",
    ...sections,
  ].join("\n\n")}\n`;
}

function section(name: string, byProvider: readonly (readonly [string, readonly RuleGroup[]])[]): readonly string[] {
  const rows = new Map<string, { readonly rule: AlertRule; readonly providers: string[] }>();
  for (const [provider, groups] of byProvider) {
    for (const rule of alertsOf(groups.filter((group) => group.name === name))) {
      const row = rows.get(rule.alert) ?? { rule, providers: [] };
      row.providers.push(provider);
      rows.set(rule.alert, row);
    }
  }
  if (rows.size === 0) return [];
  const table = [...rows.values()].map(({ rule, providers }) => [
    `[${rule.alert}](${rule.alert}.md)`,
    rule.severity,
    rule.for === "0m" ? "at once" : rule.for,
    providers.length === byProvider.length ? "all" : providers.join(", "),
    rule.summary,
  ]);
  return [`## ${name}`, markdownTable(["alert", "severity", "after", "provider", "when"], table)];
}
