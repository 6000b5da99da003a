import type { ClusterConfig } from "../../config/cluster-config.js";
import type { RuleGroup } from "../alert-rule.js";
import { jobs } from "../jobs.js";
import { inManagedNamespaces } from "../managed-namespaces.js";

const state = `job="${jobs.kubeStateMetrics}"`;

/** Volumes of the managed services, and what the storage driver does for everybody. */
export function storageRules(config: ClusterConfig): readonly RuleGroup[] {
  const managed = inManagedNamespaces(config);
  const volume = `job="${jobs.kubelet}",${managed}`;
  const available = `kubelet_volume_stats_available_bytes{${volume}} / kubelet_volume_stats_capacity_bytes{${volume}}`;
  return [
    {
      name: "volumes",
      rules: [
        {
          alert: "KubeVolumeAlmostFull",
          expr: `${available} < 0.05`,
          for: "5m",
          severity: "critical",
          summary: "A volume of a managed service is almost full.",
          description:
            "The volume {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} has {{ $value | humanizePercentage }} left.",
        },
        {
          alert: "KubeVolumeFillingUp",
          expr: `
            ${available} < 0.25
            and predict_linear(kubelet_volume_stats_available_bytes{${volume}}[6h], 2 * 24 * 3600) < 0`,
          for: "1h",
          severity: "warning",
          summary: "A volume of a managed service will be full within two days.",
          description:
            "The volume {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} has {{ $value | humanizePercentage }} left and will be full within two days.",
        },
        {
          alert: "KubeVolumeClaimPending",
          expr: `kube_persistentvolumeclaim_status_phase{${state},${managed},phase="Pending"} == 1`,
          for: "15m",
          severity: "warning",
          summary: "A managed service waits for a volume.",
          description: "The claim {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} gets no volume.",
        },
        {
          alert: "KubeVolumeAttachStuck",
          expr: `kube_volumeattachment_status_attached{${state}} == 0`,
          for: "15m",
          severity: "warning",
          summary: "A volume cannot be attached to a node.",
          description: "{{ $labels.volumeattachment }} waits to be attached; the pod that needs it does not start.",
        },
        {
          alert: "KubeVolumeOperationsFailing",
          expr: `
            sum by (driver_name, method_name) (rate(csi_operations_seconds_count{job="${jobs.kubelet}",grpc_status_code!="OK"}[10m]))
            / sum by (driver_name, method_name) (rate(csi_operations_seconds_count{job="${jobs.kubelet}"}[10m])) > 0.2`,
          for: "15m",
          severity: "warning",
          summary: "The storage driver fails on nodes.",
          description:
            "{{ $value | humanizePercentage }} of the calls {{ $labels.method_name }} of {{ $labels.driver_name }} fail.",
        },
      ],
    },
  ];
}
