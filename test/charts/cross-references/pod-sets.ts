import type { KubeObject, Labels } from "./kube-object.js";

export interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
  readonly protocol?: string;
}

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly args?: readonly string[];
  readonly ports?: readonly ContainerPort[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly serviceAccountName?: string;
  readonly priorityClassName?: string;
  readonly hostNetwork?: boolean;
}

/** Pods that are alike. */
export interface PodSet {
  /** Which object makes them, for a report. */
  readonly title: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly spec: PodSpec;
}

interface Template {
  readonly metadata: { readonly labels?: Labels };
  readonly spec: PodSpec;
}

/** The pods that the objects make, also by way of the Prometheus Operator. */
export function podSetsOf(objects: readonly KubeObject[]): readonly PodSet[] {
  return objects.flatMap((object) => {
    const made = podsOf(object);
    if (made === undefined) return [];
    const { kind, metadata } = object;
    const namespace = metadata.namespace ?? "default";
    return [{ title: `${kind} ${namespace}/${metadata.name}`, namespace, ...made }];
  });
}

function podsOf(object: KubeObject): Pick<PodSet, "labels" | "spec"> | undefined {
  switch (object.kind) {
    case "Deployment":
    case "StatefulSet":
    case "DaemonSet":
      return fromTemplate((object["spec"] as { template: Template }).template);
    case "CronJob":
      return fromTemplate(
        (object["spec"] as { jobTemplate: { spec: { template: Template } } }).jobTemplate.spec.template,
      );
    case "Prometheus":
      return operated(object, "prometheus", [{ name: WEB, containerPort: 9090 }]);
    case "Alertmanager":
      return operated(object, "alertmanager", [
        { name: WEB, containerPort: 9093 },
        { name: "mesh-tcp", containerPort: 9094 },
        { name: "mesh-udp", containerPort: 9094, protocol: "UDP" },
      ]);
    default:
      return undefined;
  }
}

const WEB = "web";

function fromTemplate({ metadata, spec }: Template): Pick<PodSet, "labels" | "spec"> {
  return { labels: metadata.labels ?? {}, spec };
}

interface OperatedSpec extends Omit<PodSpec, "containers"> {
  readonly podMetadata?: { readonly labels?: Labels };
  readonly containers?: readonly Container[];
}

/**
 * The pods that the operator makes of its resources: our labels, its ports, and containers of ours merged over its own by name.
 * Source: prometheus-operator, pkg/prometheus/server/statefulset.go and pkg/alertmanager/operator.go
 */
function operated(
  { spec }: KubeObject,
  name: string,
  ports: readonly ContainerPort[],
): Pick<PodSet, "labels" | "spec"> {
  const { podMetadata, containers = [], ...rest } = spec as OperatedSpec;
  const own: readonly Container[] = [
    { name, ports },
    { name: "config-reloader", ports: [{ name: "reloader-web", containerPort: 8080 }] },
  ];
  const merged = own.map((container) => ({ ...container, ...containers.find((each) => each.name === container.name) }));
  const added = containers.filter((container) => !own.some((each) => each.name === container.name));
  return { labels: podMetadata?.labels ?? {}, spec: { ...rest, containers: [...merged, ...added] } };
}

export function portsOf({ spec }: PodSet): readonly ContainerPort[] {
  return spec.containers.flatMap(({ ports = [] }) => ports);
}

/** Whether pods listen on a port, by its name or number. */
export function listensOn(pods: PodSet, port: string | number, protocol = "TCP"): boolean {
  return portsOf(pods).some(
    (each) =>
      (typeof port === "number" ? each.containerPort === port : each.name === port) &&
      (each.protocol ?? "TCP") === protocol,
  );
}
