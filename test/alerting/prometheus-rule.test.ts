import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import type { RuleGroup } from "../../src/alerting/alert-rule.js";
import { prometheusRuleSpec, rulesFile } from "../../src/alerting/prometheus-rule.js";

const groups: readonly RuleGroup[] = [
  {
    name: "shop",
    interval: "30s",
    rules: [
      { record: "shop:orders:rate5m", expr: "sum(rate(orders_total[5m]))" },
      {
        alert: "ShopIdle",
        expr: "shop:orders:rate5m == 0",
        for: "10m",
        severity: "warning",
        summary: "Nobody buys.",
        description: "{{ $value }} orders a second.",
      },
      {
        alert: "ShopGone",
        expr: 'absent(up{job="shop"})',
        for: "0m",
        severity: "critical",
        summary: "The shop is gone.",
        description: "Nobody finds it.",
      },
    ],
  },
];

describe("the spec of a PrometheusRule", () => {
  it("has recordings, and alerts with severity and annotations, in their order", () => {
    expect(prometheusRuleSpec(groups, { runbookBase: "https://docs.example.com" })).toEqual({
      groups: [
        {
          name: "shop",
          interval: "30s",
          rules: [
            { record: "shop:orders:rate5m", expr: "sum(rate(orders_total[5m]))" },
            {
              alert: "ShopIdle",
              expr: "shop:orders:rate5m == 0",
              for: "10m",
              labels: { severity: "warning" },
              annotations: {
                summary: "Nobody buys.",
                description: "{{ $value }} orders a second.",
                runbook_url: "https://docs.example.com/ShopIdle.md",
              },
            },
            {
              alert: "ShopGone",
              expr: 'absent(up{job="shop"})',
              labels: { severity: "critical" },
              annotations: {
                summary: "The shop is gone.",
                description: "Nobody finds it.",
                runbook_url: "https://docs.example.com/ShopGone.md",
              },
            },
          ],
        },
      ],
    });
  });

  it("is what a file of rules holds", () => {
    expect(parse(rulesFile(groups))).toEqual(prometheusRuleSpec(groups));
  });
});
