import { jobs } from "../../src/alerting/jobs.js";
import { isOnOpenStack, type Cluster } from "../../src/config/cluster-outputs.js";
import { KUBE_SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { cloudCredentials, type CloudProgram } from "../shared/cloud-access.js";
import type { RequiredSecret } from "../shared/required-secret.js";

export const cloudControllerManager: CloudProgram = {
  namespace: KUBE_SYSTEM_NAMESPACE,
  name: jobs.openStackCloudController,
};

export function cloudControllerManagerSecrets(cluster: Cluster): readonly RequiredSecret[] {
  return isOnOpenStack(cluster) ? [cloudCredentials(cluster, cloudControllerManager)] : [];
}
