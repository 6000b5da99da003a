import type { k8s } from "cdk8s-plus-27";
import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import type { ImageName } from "../../src/versions/catalogue.js";
import type { ContainerProps, Mount } from "../shared/container.js";
import { httpProbe } from "../shared/probes.js";
import { SOCKET } from "./cinder-driver.js";

interface Sidecar {
  readonly name: ImageName;
  /** Of its own account of how it is: all are in one pod. */
  readonly port: number;
  readonly args: readonly string[];
}

/** What Kubernetes asks of storage, and the driver does. Sources: github.com/kubernetes-csi, READMEs */
const sidecars: readonly Sidecar[] = [
  { name: "csi-attacher", port: 8081, args: ["--default-fstype=ext4"] },
  {
    name: "csi-provisioner",
    port: 8082,
    args: ["--default-fstype=ext4", "--feature-gates=Topology=true", "--extra-create-metadata"],
  },
  { name: "csi-snapshotter", port: 8083, args: ["--extra-create-metadata"] },
  { name: "csi-resizer", port: 8084, args: ["--handle-volume-inuse-error=false"] },
];

/** One of each pod's sidecars works at a time: it leads, and the others wait. */
export function controllerSidecars(config: OpenStackClusterConfig, socket: Mount): readonly ContainerProps[] {
  return sidecars.map(({ name, port, args }): ContainerProps => {
    // Fails when it leads and cannot say so any more. It answers once it has found the driver, which may take its time.
    const health = httpProbe("/healthz/leader-election", name, { failureThreshold: 6 });
    return {
      name,
      image: imageOf(name, config),
      args: [`--csi-address=${SOCKET}`, "--timeout=3m", "--leader-election=true", `--http-endpoint=:${port}`, ...args],
      ports: { [name]: port },
      resources: { cpu: { request: "10m", limit: "200m" }, memory: { request: "24Mi", limit: "128Mi" } },
      probes: { readiness: health, liveness: health },
      mounts: [socket],
    };
  });
}

const LOOK = ["get", "list", "watch"];

/**
 * What the sidecars ask, taken together. Source: github.com/kubernetes/cloud-provider-openstack,
 * manifests/cinder-csi-plugin/cinder-csi-controllerplugin-rbac.yaml
 */
export const sidecarRules: readonly k8s.PolicyRule[] = [
  { apiGroups: [""], resources: ["persistentvolumes"], verbs: [...LOOK, "create", "delete", "patch"] },
  { apiGroups: [""], resources: ["persistentvolumeclaims"], verbs: [...LOOK, "update"] },
  { apiGroups: [""], resources: ["persistentvolumeclaims/status"], verbs: ["patch"] },
  { apiGroups: [""], resources: ["nodes", "pods"], verbs: LOOK },
  { apiGroups: [""], resources: ["events"], verbs: ["list", "watch", "create", "update", "patch"] },
  { apiGroups: ["storage.k8s.io"], resources: ["storageclasses", "csinodes"], verbs: LOOK },
  { apiGroups: ["storage.k8s.io"], resources: ["volumeattachments"], verbs: [...LOOK, "patch"] },
  { apiGroups: ["storage.k8s.io"], resources: ["volumeattachments/status"], verbs: ["patch"] },
  { apiGroups: ["snapshot.storage.k8s.io"], resources: ["volumesnapshots"], verbs: ["get", "list"] },
  { apiGroups: ["snapshot.storage.k8s.io"], resources: ["volumesnapshotclasses"], verbs: LOOK },
  {
    apiGroups: ["snapshot.storage.k8s.io"],
    resources: ["volumesnapshotcontents"],
    verbs: [...LOOK, "update", "patch"],
  },
  { apiGroups: ["snapshot.storage.k8s.io"], resources: ["volumesnapshotcontents/status"], verbs: ["update", "patch"] },
];

/** Who of them leads. */
export const leaseRules: readonly k8s.PolicyRule[] = [
  { apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: [...LOOK, "delete", "update", "create"] },
];
