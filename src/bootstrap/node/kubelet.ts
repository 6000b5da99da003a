import type { ClusterNode, Taint, WorkerPool } from "../../config/cluster-config.js";
import { reservations } from "./reservations.js";

/** Where the kubelet and the controller manager look for volume plugins: /usr is read-only on Flatcar. */
export const VOLUME_PLUGINS = "/opt/libexec/kubernetes/kubelet-plugins/volume/exec/";

/** Settings of a kubelet wherever it runs, whoever made its operating system. */
export const commonKubeletSettings = {
  containerLogMaxFiles: 3,
  containerLogMaxSize: "50Mi",
  imageMaximumGCAge: "336h",
  seccompDefault: true,
  tlsMinVersion: "VersionTLS12",
  // Time that pods get to end in when a node shuts down, of which the critical ones get the last part.
  shutdownGracePeriod: "120s",
  shutdownGracePeriodCriticalPods: "30s",
} as const;

/** Settings of every kubelet on OpenStack. Source: kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1 */
export const kubeletConfiguration = {
  apiVersion: "kubelet.config.k8s.io/v1beta1",
  kind: "KubeletConfiguration",
  cgroupDriver: "systemd",
  protectKernelDefaults: true,
  rotateCertificates: true,
  volumePluginDir: VOLUME_PLUGINS,
  ...commonKubeletSettings,
} as const;

/** What one kubelet has of its own: kubeadm merges it into the cluster's settings. */
export function kubeletPatch({ flavor }: Pick<ClusterNode, "flavor">): Readonly<Record<string, unknown>> {
  return { ...reservations(flavor) };
}

/** Says of which pool a node is. */
const POOL_LABEL = "kaas/pool";

/** Labels of a pool's nodes: the user's own, and which pool it is. */
export function poolLabels({ name, labels }: Pick<WorkerPool, "name" | "labels">): Readonly<Record<string, string>> {
  return { ...labels, [POOL_LABEL]: name };
}

/** `key=value,key=value`, as the kubelet's flag takes it. */
export function labelsFlag(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}

/** A taint as Kubernetes has it: without a field for a value that there is not. */
export function nodeTaint({ key, value, effect }: Taint): Readonly<Record<string, string>> {
  return { key, effect, ...(value !== undefined && { value }) };
}
