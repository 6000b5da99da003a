import type { k8s } from "cdk8s-plus-27";
import { container, type ContainerProps } from "./container.js";
import { deviationAnnotations, type Deviations } from "./deviations.js";
import { ownerLabels, PREFIX } from "./labels.js";
import type { Priority } from "./priorities.js";
import type { Volume } from "./volumes.js";
import type { Placement } from "./workload-kind.js";

/** What makes a workload's pods, whatever its kind. */
export interface PodTemplateProps {
  readonly containers: readonly ContainerProps[];
  /** Run one after the other before the others start. @default - none */
  readonly initContainers?: readonly ContainerProps[];
  /** Number of the user that the programs run as. @default - 65532, `nonroot` of images that have no other */
  readonly user?: number;
  /** When nodes are full. */
  readonly priority: Priority;
  /** @default - any worker, as far apart as it goes */
  readonly placement?: Placement;
  /** Who tells it addresses by name: the cluster's DNS, or whoever tells its node. @default cluster */
  readonly nameServers?: "cluster" | "node";
  /** Time to end after it was asked to. @default - Kubernetes' 30 */
  readonly gracePeriodSeconds?: number;
  /** Rules of the platform that it breaks, each with its reason. @default - none */
  readonly deviations?: Deviations;
  /** Of the pods, beside those that every workload has. @default - none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
}

export interface PodAccount {
  readonly name: string;
  /** Whether pods get its token. */
  readonly hasRights: boolean;
}

/** What pods are made from. */
export interface PodTemplate {
  readonly metadata: k8s.ObjectMeta;
  readonly spec: k8s.PodSpec;
}

const DEFAULT_USER = 65532;

/** @param claimed names of volumes that are disks of the pods' own */
export function podTemplate(
  props: PodTemplateProps,
  selector: Readonly<Record<string, string>>,
  account: PodAccount,
  claimed: readonly string[] = [],
): PodTemplate {
  const { containers, initContainers = [], priority, placement = {}, deviations = {} } = props;
  const volumes = volumesOf(props).filter(({ name }) => !claimed.includes(name));
  const annotations = { ...deviationAnnotations(deviations), ...digestOf(volumes), ...props.podAnnotations };
  return {
    metadata: {
      labels: { ...ownerLabels, ...selector },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: {
      serviceAccountName: account.name,
      automountServiceAccountToken: account.hasRights,
      enableServiceLinks: false,
      priorityClassName: priority,
      nodeSelector: { "kubernetes.io/os": "linux", ...placement.nodeSelector },
      ...(placement.tolerations !== undefined && { tolerations: [...placement.tolerations] }),
      ...(placement.neverTogether === true && { affinity: neverTogether(selector) }),
      ...(deviations["no-host-network"] !== undefined && {
        hostNetwork: true,
        dnsPolicy: "ClusterFirstWithHostNet",
      }),
      ...(props.nameServers === "node" && { dnsPolicy: "Default" }),
      ...(deviations["no-host-processes"] !== undefined && { hostPid: true }),
      ...(props.gracePeriodSeconds !== undefined && { terminationGracePeriodSeconds: props.gracePeriodSeconds }),
      securityContext: podSecurity(props),
      ...(initContainers.length > 0 && { initContainers: initContainers.map(container) }),
      containers: containers.map(container),
      volumes: volumes.map(({ name, source }) => ({ name, ...source })),
    },
  };
}

export function volumesOf({ containers, initContainers = [] }: PodTemplateProps): readonly Volume[] {
  const volumes = [...initContainers, ...containers].flatMap(({ mounts = [] }) => mounts.map(({ volume }) => volume));
  return [...new Map(volumes.map((volume) => [volume.name, volume])).values()];
}

function podSecurity({ deviations = {}, user = DEFAULT_USER }: PodTemplateProps): k8s.PodSecurityContext {
  return {
    ...(deviations["non-root"] === undefined && {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      fsGroup: user,
      fsGroupChangePolicy: "OnRootMismatch",
    }),
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** A change of a program's configuration makes its pods anew. */
function digestOf(volumes: readonly Volume[]): Readonly<Record<string, string>> {
  const digests = volumes.flatMap(({ digest }) => (digest === undefined ? [] : [digest]));
  return digests.length === 0 ? {} : { [`${PREFIX}configuration`]: digests.join("-") };
}

function neverTogether(selector: Readonly<Record<string, string>>): k8s.Affinity {
  return {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: { ...selector } } },
      ],
    },
  };
}
