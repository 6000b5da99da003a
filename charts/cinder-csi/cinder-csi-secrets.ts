import { jobs } from "../../src/alerting/jobs.js";
import { isOnOpenStack, type Cluster } from "../../src/config/cluster-outputs.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { cloudCredentials, type CloudProgram } from "../shared/cloud-access.js";
import type { RequiredSecret } from "../shared/required-secret.js";

/** Makes and attaches volumes. What mounts them on nodes asks the cloud for nothing. */
export const cinderController: CloudProgram = { namespace: SYSTEM_NAMESPACE, name: jobs.cinderCsi };

export function cinderCsiSecrets(cluster: Cluster): readonly RequiredSecret[] {
  return isOnOpenStack(cluster) ? [cloudCredentials(cluster, cinderController)] : [];
}
