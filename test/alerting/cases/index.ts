import type { ClusterConfig } from "../../../src/config/cluster-config.js";
import type { AlertCases } from "./alert-case.js";
import { cloudCases, storageDriverCases } from "./cloud.js";
import { controlPlaneCases } from "./control-plane.js";
import { etcdCases } from "./etcd.js";
import { kubernetesAuthCases } from "./kubernetes-auth.js";
import { monitoringCases } from "./monitoring.js";
import { nodeCases } from "./nodes.js";
import { serviceCases } from "./services.js";
import { workloadCases } from "./workloads.js";

/** Every alert's case, for clusters with the defaults of bootstrap.yaml. */
export function alertCases(provider: ClusterConfig["provider"]["type"]): AlertCases {
  return {
    ...nodeCases,
    ...controlPlaneCases,
    ...etcdCases,
    ...workloadCases,
    ...cloudCases,
    ...storageDriverCases[provider],
    ...monitoringCases,
    ...serviceCases,
    ...kubernetesAuthCases,
  };
}
