import type { AlertCases } from "./alert-case.js";

const state = `job="kube-state-metrics"`;
const ours = `${state},namespace="rackspace-system"`;
const container = `${ours},pod="kibana-0",container="kibana"`;
const claim = `namespace="rackspace-system",persistentvolumeclaim="data-elasticsearch-0"`;
const volume = `job="kubelet",${claim}`;
const csi = (code: string) =>
  `csi_operations_seconds_count{job="kubelet",driver_name="cinder.csi.openstack.org",method_name="NodeStageVolume",grpc_status_code="${code}"}`;

/** A pod's request on one of two workers of size 2 beside a controller of size 8, which takes no such pods. */
function requested(resource: string, unit: number) {
  const allocatable = (node: string) => `kube_node_status_allocatable{${state},node="${node}",resource="${resource}"}`;
  return {
    [`kube_pod_container_resource_requests{${container},node="demo-worker-0",resource="${resource}"}`]: [
      3 * unit,
      1 * unit,
    ],
    [`kube_pod_status_phase{${ours},pod="kibana-0",phase="Running"}`]: 1,
    [allocatable("demo-worker-0")]: 2 * unit,
    [allocatable("demo-worker-1")]: 2 * unit,
    [allocatable("demo-controller-0")]: 8 * unit,
    [`kube_node_role{${state},node="demo-controller-0",role="control-plane"}`]: 1,
  } as const;
}

export const workloadCases: AlertCases = {
  KubeVolumeAlmostFull: {
    series: {
      [`kubelet_volume_stats_available_bytes{${volume}}`]: [3, 6],
      [`kubelet_volume_stats_capacity_bytes{${volume}}`]: 100,
    },
    value: "3%",
  },
  KubeVolumeFillingUp: {
    series: {
      [`kubelet_volume_stats_available_bytes{${volume}}`]: ["20000-10", "20000-1"],
      [`kubelet_volume_stats_capacity_bytes{${volume}}`]: 100_000,
    },
    value: "19.25%",
  },
  KubeVolumeClaimPending: {
    series: { [`kube_persistentvolumeclaim_status_phase{${state},${claim},phase="Pending"}`]: [1, 0] },
  },
  KubeVolumeAttachStuck: {
    series: { [`kube_volumeattachment_status_attached{${state},volumeattachment="csi-1f2e"}`]: [0, 1] },
  },
  KubeVolumeOperationsFailing: {
    series: { [csi("Internal")]: ["0+6", "0+1"], [csi("OK")]: "0+6" },
    labels: { driver_name: "cinder.csi.openstack.org", method_name: "NodeStageVolume" },
    value: "50%",
  },
  KubePodCrashLooping: {
    series: { [`kube_pod_container_status_waiting_reason{${container},reason="CrashLoopBackOff"}`]: [1, 0] },
  },
  KubePodImageUnavailable: {
    series: { [`kube_pod_container_status_waiting_reason{${container},reason="ImagePullBackOff"}`]: [1, 0] },
  },
  KubePodNotReady: {
    series: {
      [`kube_pod_status_phase{${ours},pod="kibana-0",phase="Pending"}`]: [1, 0],
      [`kube_pod_owner{${ours},pod="kibana-0",owner_kind="ReplicaSet"}`]: 1,
    },
    labels: { namespace: "rackspace-system", pod: "kibana-0" },
  },
  KubePodUnschedulable: { series: { [`kube_pod_status_unschedulable{${ours},pod="kibana-0"}`]: [1, null] } },
  KubeContainerOutOfMemory: {
    series: {
      [`kube_pod_container_status_restarts_total{${container}}`]: ["0+1", "5+0"],
      [`kube_pod_container_status_last_terminated_reason{${container},reason="OOMKilled"}`]: 1,
    },
  },
  KubeDeploymentReplicasMissing: {
    series: {
      [`kube_deployment_spec_replicas{${ours},deployment="kibana"}`]: 3,
      [`kube_deployment_status_replicas_available{${ours},deployment="kibana"}`]: [1, 3],
      [`kube_deployment_status_replicas_updated{${ours},deployment="kibana"}`]: 3,
    },
    value: "3",
  },
  KubeDeploymentRolloutStuck: {
    series: {
      [`kube_deployment_status_condition{${ours},deployment="kibana",condition="Progressing",status="false"}`]: [1, 0],
    },
  },
  KubeStatefulSetReplicasMissing: {
    series: {
      [`kube_statefulset_replicas{${ours},statefulset="elasticsearch"}`]: 3,
      [`kube_statefulset_status_replicas_ready{${ours},statefulset="elasticsearch"}`]: [2, 3],
      [`kube_statefulset_status_replicas_updated{${ours},statefulset="elasticsearch"}`]: 3,
    },
    value: "3",
  },
  KubeStatefulSetRolloutStuck: {
    series: {
      [`kube_statefulset_status_replicas_updated{${ours},statefulset="elasticsearch"}`]: [1, "1+0x10 2+0x10 3+0x10"],
      [`kube_statefulset_replicas{${ours},statefulset="elasticsearch"}`]: 3,
    },
    value: "1",
  },
  KubeDaemonSetPodsMissing: {
    series: {
      [`kube_daemonset_status_desired_number_scheduled{${ours},daemonset="fluentd"}`]: 5,
      [`kube_daemonset_status_number_available{${ours},daemonset="fluentd"}`]: [3, 5],
      [`kube_daemonset_status_updated_number_scheduled{${ours},daemonset="fluentd"}`]: 5,
    },
    value: "2",
  },
  KubeDisruptionBudgetViolated: {
    series: {
      [`kube_poddisruptionbudget_status_current_healthy{${ours},poddisruptionbudget="kibana"}`]: [1, 2],
      [`kube_poddisruptionbudget_status_desired_healthy{${ours},poddisruptionbudget="kibana"}`]: 2,
    },
    value: "1",
  },
  KubeJobFailed: { series: { [`kube_job_failed{${ours},job_name="curator-1",condition="true"}`]: [1, 0] } },
  KubeCronJobLate: {
    series: { [`kube_cronjob_next_schedule_time{${ours},cronjob="curator"}`]: [0, 5000] },
    at: "90m",
    value: "1h 30m 0s",
  },
  KubeCPUOvercommitted: { series: requested("cpu", 1), labels: {}, value: "3" },
  KubeMemoryOvercommitted: { series: requested("memory", 1024 ** 3), labels: {}, value: "3Gi" },
};
