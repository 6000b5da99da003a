import { isOpenStack, type ClusterConfig } from "../../config/cluster-config.js";
import type { RuleGroup } from "../alert-rule.js";
import { jobDown } from "../job-down.js";
import { jobs } from "../jobs.js";

/** Scheduler and controllers; on EKS they are Amazon's. */
export function controlPlaneRules(config: ClusterConfig): readonly RuleGroup[] {
  if (!isOpenStack(config)) return [];
  return [
    {
      name: "control-plane",
      rules: [
        jobDown({
          alert: "KubeControllerManagerDown",
          job: jobs.controllerManager,
          service: "the controller manager",
          severity: "critical",
          consequence: "Failed pods are not replaced, and nothing is scaled or cleaned up.",
        }),
        jobDown({
          alert: "KubeSchedulerDown",
          job: jobs.scheduler,
          service: "the scheduler",
          severity: "critical",
          consequence: "New pods stay pending.",
        }),
      ],
    },
  ];
}
