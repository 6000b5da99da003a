import type { RuleGroup } from "../alert-rule.js";

/** Proves that alerts get through: who receives it raises the alarm when it stops. */
export function watchdogRules(): readonly RuleGroup[] {
  return [
    {
      name: "watchdog",
      rules: [
        {
          alert: "DeadMansSwitch",
          expr: "vector(1)",
          for: "0m",
          severity: "info",
          summary: "Prometheus evaluates its rules.",
          description:
            "This alert always fires. When it stops, Prometheus, Alertmanager or the way from them is broken, and no other alert gets through.",
          heartbeat: true,
        },
      ],
    },
  ];
}
