import type { Cluster } from "../../src/config/cluster-outputs.js";
import { cinderCsiSecrets } from "../cinder-csi/cinder-csi-secrets.js";
import { cloudControllerManagerSecrets } from "../cloud-controller-manager/cloud-controller-manager-secrets.js";
import { exportersSecrets } from "../exporters/exporters-secrets.js";
import { grafanaSecrets } from "../grafana/grafana-secrets.js";
import { monitoringSecrets } from "../monitoring/monitoring-secrets.js";
import type { RequiredSecret } from "../shared/required-secret.js";

/** Every Secret that a cluster's charts need and do not make, in the order of the charts. */
export function requiredSecrets(cluster: Cluster): readonly RequiredSecret[] {
  const { config } = cluster;
  return [
    ...cloudControllerManagerSecrets(cluster),
    ...cinderCsiSecrets(cluster),
    ...monitoringSecrets(config),
    ...exportersSecrets(config),
    ...grafanaSecrets(config),
  ];
}
