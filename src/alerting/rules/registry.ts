import type { ClusterConfig } from "../../config/cluster-config.js";
import type { RuleGroup } from "../alert-rule.js";
import { jobDown } from "../job-down.js";
import { jobs } from "../jobs.js";

const harbor = `job="${jobs.harbor}"`;

/** Harbor. Its database and cache are in databases.ts. */
export function registryRules(config: ClusterConfig): readonly RuleGroup[] {
  if (!config.services.registry.enabled) return [];
  return [
    {
      name: "registry",
      rules: [
        jobDown({
          alert: "HarborDown",
          job: jobs.harbor,
          service: "the registry",
          severity: "critical",
          consequence: "Images can be neither pulled nor pushed.",
        }),
        {
          alert: "HarborComponentDown",
          expr: `harbor_up{${harbor}} == 0`,
          for: "10m",
          severity: "critical",
          summary: "A part of the registry does not work.",
          description: "Harbor's component {{ $labels.component }} is down.",
        },
      ],
    },
  ];
}
