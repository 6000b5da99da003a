import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";

/** Each of cert-manager's programs tells its metrics here. */
export const METRICS_PORT = 9402;

/** Upstream's is kube-system, where the platform's programs have nothing to write. */
export const leaderElectionFlag = `--leader-election-namespace=${SYSTEM_NAMESPACE}`;
