import { type Claim, type ClusterState, type StorageClass } from "./cluster-state.js";
import { type Manifest } from "./person.js";

/** Where Kubernetes' own controller asks a driver for a volume: at once, or when the scheduler has chosen a node. */
const PROVISIONER = "volume.kubernetes.io/storage-provisioner";

/**
 * The volumes that the drivers of claims' storage classes would make now. Like them it acts on claims alone that Kubernetes'
 * controller has asked a driver for, and leaves it to that controller to bind.
 */
export function volumesFor({ claims, classes }: ClusterState): readonly Manifest[] {
  return claims
    .filter(({ spec }) => spec.volumeName === undefined)
    .flatMap((claim) => {
      const storage = classes.find(({ metadata }) => metadata.name === claim.spec.storageClassName);
      const isAsked = storage !== undefined && claim.metadata.annotations?.[PROVISIONER] === storage.provisioner;
      return isAsked ? [volume(claim, storage)] : [];
    });
}

function volume({ metadata, spec }: Claim, storage: StorageClass): Manifest {
  const name = `pvc-${metadata.uid}`;
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name, annotations: { "pv.kubernetes.io/provisioned-by": storage.provisioner } },
    spec: {
      capacity: { storage: spec.resources.requests["storage"] },
      accessModes: spec.accessModes,
      volumeMode: spec.volumeMode ?? "Filesystem",
      persistentVolumeReclaimPolicy: storage.reclaimPolicy,
      storageClassName: storage.metadata.name,
      csi: { driver: storage.provisioner, volumeHandle: name },
      claimRef: {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        namespace: metadata.namespace,
        name: metadata.name,
        uid: metadata.uid,
      },
    },
  };
}
