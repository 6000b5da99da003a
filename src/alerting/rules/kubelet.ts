import type { RuleGroup } from "../alert-rule.js";
import { jobDown } from "../job-down.js";
import { jobs } from "../jobs.js";

/** Kubelets, and the container runtime as they see it. */
export function kubeletRules(): readonly RuleGroup[] {
  return [
    {
      name: "kubelet",
      rules: [
        jobDown({
          alert: "KubeletDown",
          job: jobs.kubelet,
          service: "the kubelets",
          severity: "critical",
          consequence: "Nothing is known of pods and volumes.",
        }),
        {
          alert: "KubeVersionsDiffer",
          // Patches differ between Amazon's control plane and its nodes.
          expr: `count(count by (release) (label_replace(kubernetes_build_info{job=~"${jobs.kubelet}|${jobs.apiServer}"}, "release", "$1", "git_version", "v([0-9]+[.][0-9]+).*"))) > 1`,
          for: "4h",
          severity: "warning",
          summary: "Parts of the cluster run different versions of Kubernetes.",
          description: "{{ $value }} versions of Kubernetes have been running for four hours: an upgrade did not end.",
        },
      ],
    },
  ];
}
