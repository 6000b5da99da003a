import { k8s } from "cdk8s-plus-27";
import { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { Connections, type WorkloadReference } from "../shared/connections.js";
import { OWNER_LABEL, ownerLabels, PLATFORM } from "../shared/labels.js";
import { Metrics } from "../shared/metrics.js";
import { ServiceAccount, type Rights } from "../shared/service-account.js";
import { WEB_PORT } from "./workloads.js";

export interface OperatedPodsProps {
  readonly config: ClusterConfig;
  readonly workload: WorkloadReference;
  /** Where its pages and its API are; its metrics too. */
  readonly webPort: number;
  /** @default - nothing: its pods get no token */
  readonly rights?: Rights;
}

/** As the operator names the port of the container that loads changed configurations. */
const RELOADER = { port: "reloader-web", number: 8080 } as const;
/** Users of the images: `nobody` of Prometheus' and Alertmanager's. */
const USER = 65534;

/** What surrounds pods that the operator makes of a custom resource: what a workload of the platform has beside its pods. */
export class OperatedPods extends Construct implements WorkloadReference {
  readonly namespace: string;
  readonly name: string;
  readonly connections: Connections;

  constructor(scope: Construct, id: string, { config, workload, webPort, rights }: OperatedPodsProps) {
    super(scope, id);
    const { namespace, name } = workload;
    this.namespace = namespace;
    this.name = name;
    this.connections = new Connections(this, "connections", { config, workload });
    new ServiceAccount(this, "account", { namespace, name, ...(rights !== undefined && { rights }) });
    const web = { port: WEB_PORT, number: webPort };
    const metadata = { name, namespace, labels: { ...ownerLabels, "k8s-app": name } };
    new k8s.KubeService(this, "service", {
      metadata,
      spec: {
        selector: { "k8s-app": name },
        // Replicas differ by moments: a page that asks several times should ask one.
        sessionAffinity: "ClientIP",
        ports: [web, RELOADER].map(({ port, number }) => ({
          name: port,
          port: number,
          targetPort: k8s.IntOrString.fromString(port),
        })),
      },
    });
    new k8s.KubePodDisruptionBudget(this, "disruption-budget", {
      metadata,
      spec: { selector: { matchLabels: { "k8s-app": name } }, maxUnavailable: k8s.IntOrString.fromNumber(1) },
    });
    new Metrics(this, "metrics", { config, workload, endpoints: [web, RELOADER] });
  }

  /** What the custom resource says of its pods, whichever it is. */
  podSettings() {
    const labelSelector = { matchLabels: { "k8s-app": this.name } };
    return {
      podMetadata: { labels: { [OWNER_LABEL]: PLATFORM, "k8s-app": this.name } },
      serviceAccountName: this.name,
      enableServiceLinks: false,
      imagePullPolicy: "IfNotPresent",
      priorityClassName: "platform",
      nodeSelector: { "kubernetes.io/os": "linux" },
      securityContext: {
        runAsNonRoot: true,
        runAsUser: USER,
        runAsGroup: USER,
        fsGroup: USER,
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
      },
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector } },
          ],
        },
      },
      topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
        topologyKey,
        maxSkew: 1,
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector,
      })),
    } as const;
  }
}

/** A disk that each of its pods keeps. */
export function volumeOf(sizeGiB: number) {
  return {
    volumeClaimTemplate: {
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: `${sizeGiB}Gi` } } },
    },
  };
}
