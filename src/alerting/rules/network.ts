import { isOpenStack, type ClusterConfig } from "../../config/cluster-config.js";
import type { RuleGroup } from "../alert-rule.js";
import { jobs } from "../jobs.js";

const calico = `job="${jobs.calico}"`;

/** Pods' network, where Calico makes it or enforces its policies; Flannel and Amazon's have no metrics of the kind. */
export function networkRules(config: ClusterConfig): readonly RuleGroup[] {
  if (!isOpenStack(config) || config.network.cni === "flannel") return [];
  return [
    {
      name: "network",
      rules: [
        {
          alert: "CalicoPolicyFailing",
          expr: `increase(felix_int_dataplane_failures{${calico}}[10m]) > 5`,
          for: "10m",
          severity: "warning",
          summary: "Calico cannot apply routes or policies on a node.",
          description:
            "Calico on {{ $labels.instance }} has failed {{ $value | humanize }} times in ten minutes to apply changes.",
        },
      ],
    },
  ];
}
