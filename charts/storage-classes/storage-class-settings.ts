import { isOnOpenStack, type Cluster } from "../../src/config/cluster-outputs.js";
import { CINDER_DRIVER } from "../cinder-csi/cinder-driver.js";

type Parameters = Readonly<Record<string, string>>;

/** What the classes of a provider have in common. */
export interface StorageSettings {
  readonly driver: string;
  readonly volumes: Parameters;
  readonly snapshots: Parameters;
}

const FILE_SYSTEM = { "csi.storage.k8s.io/fstype": "ext4" };

export function storageSettings(cluster: Cluster): StorageSettings {
  if (isOnOpenStack(cluster)) {
    return {
      driver: CINDER_DRIVER,
      volumes: FILE_SYSTEM,
      // Else Cinder refuses a snapshot of a volume that is attached, and those of running pods are.
      snapshots: { "force-create": "true" },
    };
  }
  const { dataKeyArn } = cluster.outputs;
  return {
    driver: "ebs.csi.aws.com",
    volumes: { ...FILE_SYSTEM, type: "gp3", encrypted: "true", kmsKeyId: dataKeyArn },
    snapshots: {},
  };
}
