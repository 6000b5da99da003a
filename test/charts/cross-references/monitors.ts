import type { Check, ClusterOutput } from "./cluster-output.js";
import { ofKind, selects, titleOf, type KubeObject, type LabelSelector } from "./kube-object.js";
import { portsOf } from "./pod-sets.js";

interface NamespaceSelector {
  readonly any?: boolean;
  readonly matchNames?: readonly string[];
}

interface Monitor extends KubeObject {
  readonly spec: {
    readonly selector: LabelSelector;
    readonly namespaceSelector?: NamespaceSelector;
    readonly jobLabel?: string;
    readonly endpoints?: readonly { readonly port?: string }[];
    readonly podMetricsEndpoints?: readonly { readonly port?: string }[];
  };
}

interface Probe extends KubeObject {
  readonly spec: { readonly prober: { readonly url: string } };
}

/** Every monitor finds what it asks, by labels and by the name of its port; every Probe its prober. */
export const monitors: Check = (output) => [
  ...(ofKind(output.objects, "ServiceMonitor") as readonly Monitor[]).flatMap((monitor) =>
    checkServiceMonitor(monitor, output),
  ),
  ...(ofKind(output.objects, "PodMonitor") as readonly Monitor[]).flatMap((monitor) =>
    checkPodMonitor(monitor, output),
  ),
  ...(ofKind(output.objects, "Probe") as readonly Probe[]).flatMap((probe) => checkProbe(probe, output)),
];

function checkServiceMonitor(monitor: Monitor, output: ClusterOutput): readonly string[] {
  const { selector, endpoints = [], jobLabel } = monitor.spec;
  const found = output.services.filter(
    ({ metadata }) => watches(monitor, metadata.namespace) && selects(selector, metadata.labels ?? {}),
  );
  if (found.length === 0) return [`${titleOf(monitor)} finds no Service`];
  return [
    ...endpoints
      .filter(({ port }) => !found.some(({ spec }) => spec.ports?.some(({ name }) => name === port)))
      .map(({ port }) => `${titleOf(monitor)} finds no port ${String(port)}`),
    ...found
      .filter(({ metadata }) => jobLabel !== undefined && metadata.labels?.[jobLabel] === undefined)
      .map((service) => `${titleOf(monitor)}: ${titleOf(service)} has no label ${String(jobLabel)} to name the job`),
  ];
}

function checkPodMonitor(monitor: Monitor, output: ClusterOutput): readonly string[] {
  const { selector, podMetricsEndpoints = [] } = monitor.spec;
  const found = output.pods.filter(({ namespace, labels }) => watches(monitor, namespace) && selects(selector, labels));
  if (found.length === 0) return [`${titleOf(monitor)} finds no pods`];
  return podMetricsEndpoints
    .filter(({ port }) => !found.some((pods) => portsOf(pods).some(({ name }) => name === port)))
    .map(({ port }) => `${titleOf(monitor)} finds no port ${String(port)}`);
}

function watches({ metadata, spec }: Monitor, namespace: string | undefined): boolean {
  const { any = false, matchNames } = spec.namespaceSelector ?? {};
  if (any) return true;
  return matchNames === undefined ? namespace === metadata.namespace : matchNames.includes(namespace ?? "");
}

/** Its prober is named as a host of the cluster: `<service>.<namespace>.svc:<port>`. */
function checkProbe(probe: Probe, output: ClusterOutput): readonly string[] {
  const { url } = probe.spec.prober;
  const { name, namespace, port } = /^(?<name>[^.]+)\.(?<namespace>[^.]+)\.svc:(?<port>\d+)$/.exec(url)?.groups ?? {};
  const service = output.findService(namespace, name ?? "");
  const serves = service?.spec.ports?.some((each) => each.port === Number(port)) ?? false;
  return serves ? [] : [`${titleOf(probe)}: no Service serves ${url}`];
}
