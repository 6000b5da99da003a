import type { ClusterConfig } from "../../config/cluster-config.js";
import type { RuleGroup } from "../alert-rule.js";
import { jobs } from "../jobs.js";
import { inManagedNamespaces } from "../managed-namespaces.js";

/** What Kubernetes says of the managed workloads. */
export function workloadRules(config: ClusterConfig): readonly RuleGroup[] {
  const managed = `job="${jobs.kubeStateMetrics}",${inManagedNamespaces(config)}`;
  return [
    { name: "pods", rules: pods(managed) },
    { name: "controllers", rules: controllers(managed) },
    { name: "jobs", rules: jobRules(managed) },
    { name: "capacity", rules: capacity() },
  ];
}

function pods(managed: string): RuleGroup["rules"] {
  const waiting = (reasons: string) =>
    `max_over_time(kube_pod_container_status_waiting_reason{${managed},reason=~"${reasons}"}[5m]) >= 1`;
  return [
    {
      alert: "KubePodCrashLooping",
      expr: waiting("CrashLoopBackOff"),
      for: "15m",
      severity: "warning",
      summary: "A container ends again and again.",
      description:
        "Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} ends again and again.",
    },
    {
      alert: "KubePodImageUnavailable",
      expr: waiting("ErrImagePull|ImagePullBackOff|InvalidImageName"),
      for: "10m",
      severity: "warning",
      summary: "A container's image cannot be had.",
      description:
        "The image of {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }}: {{ $labels.reason }}.",
    },
    {
      alert: "KubePodNotReady",
      expr: `
        sum by (namespace, pod) (
          kube_pod_status_phase{${managed},phase=~"Pending|Unknown|Failed"}
          * on (namespace, pod) group_left () max by (namespace, pod) (kube_pod_owner{${managed},owner_kind!="Job"})
        ) > 0`,
      for: "15m",
      severity: "warning",
      summary: "A pod of a managed service does not run.",
      description: "{{ $labels.namespace }}/{{ $labels.pod }} has not been running for a quarter of an hour.",
    },
    {
      alert: "KubePodUnschedulable",
      expr: `kube_pod_status_unschedulable{${managed}} == 1`,
      for: "15m",
      severity: "warning",
      summary: "No node can take a pod of a managed service.",
      description: "No node has room for {{ $labels.namespace }}/{{ $labels.pod }}, or none is allowed to run it.",
    },
    {
      alert: "KubeContainerOutOfMemory",
      expr: `
        increase(kube_pod_container_status_restarts_total{${managed}}[15m]) > 0
        and on (namespace, pod, container)
        kube_pod_container_status_last_terminated_reason{${managed},reason="OOMKilled"} == 1`,
      for: "0m",
      severity: "warning",
      summary: "A container was ended because it used more memory than its limit.",
      description: "Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} ran out of memory.",
    },
  ];
}

function controllers(managed: string): RuleGroup["rules"] {
  return [
    {
      alert: "KubeDeploymentReplicasMissing",
      expr: `
        kube_deployment_spec_replicas{${managed}} > kube_deployment_status_replicas_available{${managed}}
        and changes(kube_deployment_status_replicas_updated{${managed}}[10m]) == 0`,
      for: "15m",
      severity: "warning",
      summary: "A Deployment lacks replicas.",
      description:
        "Deployment {{ $labels.namespace }}/{{ $labels.deployment }} has fewer replicas than the {{ $value }} it should.",
    },
    {
      alert: "KubeDeploymentRolloutStuck",
      expr: `kube_deployment_status_condition{${managed},condition="Progressing",status="false"} == 1`,
      for: "10m",
      severity: "warning",
      summary: "The rollout of a Deployment does not go on.",
      description: "The rollout of {{ $labels.namespace }}/{{ $labels.deployment }} has passed its deadline.",
    },
    {
      alert: "KubeStatefulSetReplicasMissing",
      expr: `
        kube_statefulset_replicas{${managed}} > kube_statefulset_status_replicas_ready{${managed}}
        and changes(kube_statefulset_status_replicas_updated{${managed}}[10m]) == 0`,
      for: "15m",
      severity: "warning",
      summary: "A StatefulSet lacks replicas.",
      description:
        "StatefulSet {{ $labels.namespace }}/{{ $labels.statefulset }} has fewer ready replicas than the {{ $value }} it should.",
    },
    {
      alert: "KubeStatefulSetRolloutStuck",
      expr: `
        kube_statefulset_status_replicas_updated{${managed}} < kube_statefulset_replicas{${managed}}
        and changes(kube_statefulset_status_replicas_updated{${managed}}[10m]) == 0`,
      for: "15m",
      severity: "warning",
      summary: "The rollout of a StatefulSet does not go on.",
      description:
        "The rollout of {{ $labels.namespace }}/{{ $labels.statefulset }} has stopped half-way: {{ $value }} replicas are updated.",
    },
    {
      alert: "KubeDaemonSetPodsMissing",
      expr: `
        kube_daemonset_status_desired_number_scheduled{${managed}} - kube_daemonset_status_number_available{${managed}} > 0
        and changes(kube_daemonset_status_updated_number_scheduled{${managed}}[10m]) == 0`,
      for: "15m",
      severity: "warning",
      summary: "A DaemonSet does not run on every node that it should.",
      description: "DaemonSet {{ $labels.namespace }}/{{ $labels.daemonset }} is missing on {{ $value }} nodes.",
    },
    {
      alert: "KubeDisruptionBudgetViolated",
      expr: `
        kube_poddisruptionbudget_status_current_healthy{${managed}}
        < kube_poddisruptionbudget_status_desired_healthy{${managed}}`,
      for: "15m",
      severity: "warning",
      summary: "A managed service has fewer healthy pods than its disruption budget wants.",
      description:
        "{{ $labels.namespace }}/{{ $labels.poddisruptionbudget }} has {{ $value }} healthy pods: no node can be drained of them.",
    },
  ];
}

function jobRules(managed: string): RuleGroup["rules"] {
  return [
    {
      alert: "KubeJobFailed",
      expr: `kube_job_failed{${managed},condition="true"} == 1`,
      for: "15m",
      severity: "warning",
      summary: "A Job of a managed service has failed.",
      description: "Job {{ $labels.namespace }}/{{ $labels.job_name }} has failed.",
    },
    {
      alert: "KubeCronJobLate",
      expr: `
        time() - (kube_cronjob_next_schedule_time{${managed}} unless kube_cronjob_spec_suspend{${managed}} == 1) > 3600`,
      for: "15m",
      severity: "warning",
      summary: "A CronJob was not started at its time.",
      description:
        "CronJob {{ $labels.namespace }}/{{ $labels.cronjob }} should have started {{ $value | humanizeDuration }} ago.",
    },
  ];
}

function capacity(): RuleGroup["rules"] {
  const state = `job="${jobs.kubeStateMetrics}"`;
  const onWorkers = `unless on (node) kube_node_role{${state},role="control-plane"}`;
  const allocatable = (resource: string) =>
    `(kube_node_status_allocatable{${state},resource="${resource}"} ${onWorkers})`;
  const overcommitted = (resource: string) => `
    sum(
      (kube_pod_container_resource_requests{${state},resource="${resource}"} ${onWorkers})
      * on (namespace, pod) group_left () (max by (namespace, pod) (kube_pod_status_phase{${state},phase="Running"} == 1))
    ) > sum(${allocatable(resource)}) - max(${allocatable(resource)})`;
  return [
    {
      alert: "KubeCPUOvercommitted",
      expr: overcommitted("cpu"),
      for: "30m",
      severity: "warning",
      summary: "With one node less the cluster has too few processors for its pods.",
      description:
        "Pods request {{ $value | humanize }} processors, more than the cluster has when its largest node is gone.",
    },
    {
      alert: "KubeMemoryOvercommitted",
      expr: overcommitted("memory"),
      for: "30m",
      severity: "warning",
      summary: "With one node less the cluster has too little memory for its pods.",
      description:
        "Pods request {{ $value | humanize1024 }}B, more than the cluster has when its largest node is gone.",
    },
  ];
}
