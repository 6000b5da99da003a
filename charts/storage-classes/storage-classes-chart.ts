import { Chart } from "cdk8s";
import { k8s } from "cdk8s-plus-27";
import type { Construct } from "constructs";
import type { Cluster } from "../../src/config/cluster-outputs.js";
import { VolumeSnapshotClass } from "../crds/custom-resources.js";
import { ownerLabels } from "../shared/labels.js";
import { storageSettings, type StorageSettings } from "./storage-class-settings.js";

/** What happens to a volume, or a snapshot, when nobody claims it any more. */
type Policy = "Delete" | "Retain";

/** Names of classes, for volumes and for snapshots alike, to that. */
const policies: Readonly<Record<string, Policy>> = { default: "Delete", retain: "Retain" };

/** Whoever names no class gets this one. */
const DEFAULT_CLASS = "default";
/** Velero's snapshots are its own to delete: no deleted namespace takes them along. */
const BACKUP_CLASS = "retain";

/**
 * Kinds of volumes that claims may name. No other class is the default: on EKS gp2 is none since Kubernetes 1.30, and the EBS
 * add-on makes one only when its configuration asks for it, which ours does not.
 */
export class StorageClassesChart extends Chart {
  constructor(scope: Construct, id: string, cluster: Cluster) {
    super(scope, id);
    const settings = storageSettings(cluster);
    for (const [name, policy] of Object.entries(policies)) {
      this.addStorageClass(name, policy, settings);
      this.addSnapshotClass(name, policy, settings);
    }
  }

  /** All but its labels is fixed once it is made: who wants another kind of volume makes a class. */
  private addStorageClass(name: string, policy: Policy, { driver, volumes }: StorageSettings): void {
    new k8s.KubeStorageClass(this, `volumes-${name}`, {
      metadata: {
        name,
        labels: ownerLabels,
        annotations: { "storageclass.kubernetes.io/is-default-class": `${name === DEFAULT_CLASS}` },
      },
      provisioner: driver,
      parameters: { ...volumes },
      reclaimPolicy: policy,
      allowVolumeExpansion: true,
      // In the zone of the node that the pod goes to.
      volumeBindingMode: "WaitForFirstConsumer",
    });
  }

  private addSnapshotClass(name: string, policy: Policy, { driver, snapshots }: StorageSettings): void {
    new VolumeSnapshotClass(this, `snapshots-${name}`, {
      metadata: {
        name,
        labels: { ...ownerLabels, ...(name === BACKUP_CLASS && { "velero.io/csi-volumesnapshot-class": "true" }) },
        annotations: { "snapshot.storage.kubernetes.io/is-default-class": `${name === DEFAULT_CLASS}` },
      },
      driver,
      deletionPolicy: policy,
      ...(Object.keys(snapshots).length > 0 && { parameters: snapshots }),
    });
  }
}
