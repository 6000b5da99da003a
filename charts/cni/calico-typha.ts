import { Construct } from "constructs";
import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { NODE_AGENTS_NAMESPACE } from "../../src/config/managed-namespaces.js";
import type { EnvironmentValue } from "../shared/environment-variables.js";
import { httpProbe, type ProbeOptions } from "../shared/probes.js";
import { everyTaint } from "../shared/workload-kind.js";
import { Workload } from "../shared/workload.js";
import { readerRules } from "./calico-rights.js";

/** Up to so many nodes each agent watches the API server itself. Source: Calico's own advice, in its manifests */
const NODES_WITHOUT = 50;
const NODES_EACH = 200;
/** An update takes one of them away at a time. */
const FEWEST = 3;
const PORT = 5473;
const HEALTH_PORT = 9098;
const USER = 999;
const SHUTDOWN_SECONDS = 300;
/** Agents look for the port by this name too. */
const NAME = "calico-typha";

/** How many a cluster needs; 0 when its agents had better ask the API server themselves. */
export function typhaReplicas({ controllers, workerPools }: OpenStackClusterConfig): number {
  const nodes = controllers.length + workerPools.reduce((sum, pool) => sum + pool.nodes.length, 0);
  return nodes <= NODES_WITHOUT ? 0 : Math.max(FEWEST, Math.ceil(nodes / NODES_EACH));
}

export interface CalicoTyphaProps {
  readonly config: OpenStackClusterConfig;
  readonly replicas: number;
}

/**
 * Stands between the API server and Calico's agents where these are many. The security groups let nodes alone reach it.
 * Source: github.com/projectcalico/calico, manifests/calico-typha.yaml
 */
export class CalicoTypha extends Construct {
  /** By what agents find it. */
  readonly agentsEnvironment: Readonly<Record<string, EnvironmentValue>> = {
    FELIX_TYPHAK8SSERVICENAME: NAME,
    FELIX_TYPHAK8SNAMESPACE: NODE_AGENTS_NAMESPACE,
  };

  constructor(scope: Construct, id: string, { config, replicas }: CalicoTyphaProps) {
    super(scope, id);
    const probe: ProbeOptions = { host: "localhost", timeoutSeconds: 10 };
    new Workload(this, "typha", {
      config,
      namespace: NODE_AGENTS_NAMESPACE,
      name: NAME,
      kind: { type: "Deployment", replicas },
      priority: "system-cluster-critical",
      placement: { tolerations: everyTaint },
      nameServers: "node",
      user: USER,
      gracePeriodSeconds: SHUTDOWN_SECONDS,
      containers: [
        {
          name: NAME,
          image: imageOf("calico-typha", config),
          environment: {
            TYPHA_DATASTORETYPE: "kubernetes",
            TYPHA_K8SNAMESPACE: NODE_AGENTS_NAMESPACE,
            TYPHA_CONNECTIONREBALANCINGMODE: "kubernetes",
            TYPHA_HEALTHENABLED: "true",
            TYPHA_LOGSEVERITYSCREEN: "info",
            TYPHA_LOGFILEPATH: "none",
            TYPHA_LOGSEVERITYSYS: "none",
            TYPHA_SHUTDOWNTIMEOUTSECS: `${SHUTDOWN_SECONDS}`,
          },
          ports: { [NAME]: PORT, health: HEALTH_PORT },
          resources: { cpu: { request: "100m", limit: "1" }, memory: { request: "128Mi", limit: "512Mi" } },
          probes: {
            readiness: httpProbe("/readiness", "health", probe),
            liveness: httpProbe("/liveness", "health", { ...probe, periodSeconds: 30 }),
          },
        },
      ],
      rights: { cluster: readerRules },
      service: { [PORT]: NAME },
      deviations: {
        "no-host-network": "Agents ask it before there is a network of pods.",
      },
    });
  }
}
