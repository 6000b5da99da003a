import type { ApiObject } from "cdk8s";
import { k8s } from "cdk8s-plus-27";
import { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { Connections } from "./connections.js";
import { container, type ContainerProps } from "./container.js";
import { deviationAnnotations, type Deviations } from "./deviations.js";
import { ownerLabels } from "./labels.js";
import type { Priority } from "./priorities.js";
import { ServiceAccount, type Rights } from "./service-account.js";
import type { Volume } from "./volumes.js";

/** How many of a workload's pods there are, and where. */
export type WorkloadKind =
  | { readonly type: "Deployment"; readonly replicas: number }
  /** One on every node that it tolerates. */
  | { readonly type: "DaemonSet"; readonly tolerations: readonly k8s.Toleration[] };

export interface WorkloadProps {
  readonly config: ClusterConfig;
  readonly namespace: string;
  /** Name of everything that belongs to it, and the label `k8s-app` by which it is selected. */
  readonly name: string;
  readonly kind: WorkloadKind;
  readonly containers: readonly ContainerProps[];
  /** Number of the user that the programs run as. @default - 65532, `nonroot` of images that have no other */
  readonly user?: number;
  /** When nodes are full. */
  readonly priority: Priority;
  /** What it may ask of the Kubernetes API. @default - nothing: it gets no token */
  readonly rights?: Rights;
  /** Ports of its Service to ports of its containers by name. @default - no Service */
  readonly service?: Readonly<Record<number, string>>;
  /** Rules of the platform that it breaks, each with its reason. @default - none */
  readonly deviations?: Deviations;
}

const DEFAULT_USER = 65532;
const REVISIONS = 5;

/**
 * A program of the platform on the cluster, with what each of them has: labels, limits, a locked down security context,
 * probes, spread, a disruption budget, an account of its own and network policies. What deviates says why.
 */
export class Workload extends Construct {
  readonly namespace: string;
  readonly name: string;
  /** Who it reaches and who reaches it; nobody else does. */
  readonly connections: Connections;
  private readonly selector: Readonly<Record<string, string>>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkloadProps,
  ) {
    super(scope, id);
    checkDeviations(props);
    this.namespace = props.namespace;
    this.name = props.name;
    this.selector = { "k8s-app": props.name };
    this.connections = new Connections(this, "connections", {
      config: props.config,
      namespace: props.namespace,
      name: props.name,
    });
    const account = new ServiceAccount(this, "account", {
      namespace: props.namespace,
      name: props.name,
      ...(props.rights !== undefined && { rights: props.rights }),
    });
    this.addPods(account);
    if (props.service !== undefined) this.addService(props.service);
  }

  private metadata(): k8s.ObjectMeta {
    const { name, namespace, deviations = {} } = this.props;
    const annotations = deviationAnnotations(deviations);
    return {
      name,
      namespace,
      labels: { ...ownerLabels, ...this.selector },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    };
  }

  private addPods(account: ServiceAccount): ApiObject {
    const { kind } = this.props;
    const common = { metadata: this.metadata() };
    const selector = { matchLabels: { ...this.selector } };
    switch (kind.type) {
      case "Deployment":
        new k8s.KubePodDisruptionBudget(this, "disruption-budget", {
          ...common,
          spec: { selector, maxUnavailable: k8s.IntOrString.fromNumber(1) },
        });
        return new k8s.KubeDeployment(this, "deployment", {
          ...common,
          spec: {
            replicas: kind.replicas,
            revisionHistoryLimit: REVISIONS,
            selector,
            template: this.podTemplate(account, { topologySpreadConstraints: this.spread() }),
          },
        });
      case "DaemonSet":
        return new k8s.KubeDaemonSet(this, "daemon-set", {
          ...common,
          spec: {
            revisionHistoryLimit: REVISIONS,
            selector,
            template: this.podTemplate(account, { tolerations: [...kind.tolerations] }),
          },
        });
    }
  }

  private podTemplate(account: ServiceAccount, placement: Partial<k8s.PodSpec>): k8s.PodTemplateSpec {
    const { containers, deviations = {}, user = DEFAULT_USER, priority } = this.props;
    const { annotations } = this.metadata();
    return {
      metadata: { labels: { ...ownerLabels, ...this.selector }, ...(annotations !== undefined && { annotations }) },
      spec: {
        serviceAccountName: account.name,
        automountServiceAccountToken: account.hasRights,
        enableServiceLinks: false,
        priorityClassName: priority,
        nodeSelector: { "kubernetes.io/os": "linux" },
        ...(deviations["no-host-network"] !== undefined && { hostNetwork: true }),
        ...(deviations["no-host-processes"] !== undefined && { hostPid: true }),
        securityContext: {
          ...(deviations["non-root"] === undefined && {
            runAsNonRoot: true,
            runAsUser: user,
            runAsGroup: user,
            fsGroup: user,
          }),
          seccompProfile: { type: "RuntimeDefault" },
        },
        containers: containers.map((each) => container(each, deviations)),
        volumes: volumesOf(containers).map(({ name, source }) => ({ name, ...source })),
        ...placement,
      },
    };
  }

  /** Over zones and nodes, as far as there are any. */
  private spread(): k8s.TopologySpreadConstraint[] {
    return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
      topologyKey,
      maxSkew: 1,
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: { ...this.selector } },
    }));
  }

  private addService(ports: Readonly<Record<number, string>>): void {
    new k8s.KubeService(this, "service", {
      metadata: this.metadata(),
      spec: {
        selector: { ...this.selector },
        ports: Object.entries(ports).map(([port, name]) => ({
          name,
          port: Number(port),
          targetPort: k8s.IntOrString.fromString(name),
        })),
      },
    });
  }
}

function volumesOf(containers: readonly ContainerProps[]): readonly Volume[] {
  const volumes = containers.flatMap(({ mounts = [] }) => mounts.map(({ volume }) => volume));
  return [...new Map(volumes.map((volume) => [volume.name, volume])).values()];
}

/** Probes and host paths are seen in what a workload declares: no reason without the deed, and no deed without a reason. */
function checkDeviations({ name, containers, deviations = {} }: WorkloadProps): void {
  const deeds = {
    probes: containers.some(({ probes }) => probes === undefined),
    "no-host-paths": volumesOf(containers).some(({ source }) => source.hostPath !== undefined),
  } as const;
  for (const [rule, breaks] of Object.entries(deeds) as [keyof typeof deeds, boolean][]) {
    const excused = deviations[rule] !== undefined;
    if (breaks && !excused) throw new Error(`${name} breaks the rule ${rule} and does not say why`);
    if (!breaks && excused) throw new Error(`${name} says why it breaks the rule ${rule}, and does not`);
  }
}
