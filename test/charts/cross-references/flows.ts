import type { Check, ClusterOutput } from "./cluster-output.js";
import { ofKind, selects, titleOf, type KubeObject, type LabelSelector } from "./kube-object.js";
import { listensOn, portsOf, type PodSet } from "./pod-sets.js";

interface Peer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string };
}

interface Port {
  readonly port?: number | string;
  readonly endPort?: number;
  readonly protocol?: string;
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  /** @default - every port */
  readonly ports?: readonly Port[];
}

interface Policy extends KubeObject {
  readonly spec: {
    readonly podSelector: LabelSelector;
    readonly policyTypes: readonly Direction[];
    readonly ingress?: readonly Rule[];
    readonly egress?: readonly Rule[];
  };
}

type Direction = "Ingress" | "Egress";

/** One port of one target that a source may speak to, as a policy at one of the two ends has it. */
interface Flow {
  readonly policy: Policy;
  readonly source: PodSet;
  readonly target: PodSet;
  readonly port: Port;
}

const EVERYWHERE = "0.0.0.0/0";
const NAMESPACE_NAME = "kubernetes.io/metadata.name";

/**
 * A flow between pods of ours has a policy at both ends, wherever its end is closed; both are about pods on the network of pods,
 * and the target listens.
 */
export const flows: Check = (output) => {
  const policies = ofKind(output.objects, "NetworkPolicy") as readonly Policy[];
  const problems = policies.flatMap((policy) =>
    (["Ingress", "Egress"] as const).flatMap((direction) => [
      ...withoutPods(policy, direction, output),
      ...flowsOf(policy, direction, output).flatMap((flow) => [
        ...checkEnds(flow, direction, policies, output),
        ...checkPort(flow),
      ]),
    ]),
  );
  return [...new Set(problems)];
};

function rulesOf({ spec }: Policy, direction: Direction): readonly Rule[] {
  return (direction === "Ingress" ? spec.ingress : spec.egress) ?? [];
}

function peersOf(rule: Rule, direction: Direction): readonly Peer[] {
  return (direction === "Ingress" ? rule.from : rule.to) ?? [];
}

/** A peer that names one of our namespaces means pods of ours. */
function withoutPods(policy: Policy, direction: Direction, output: ClusterOutput): readonly string[] {
  return rulesOf(policy, direction)
    .flatMap((rule) => peersOf(rule, direction))
    .filter(({ namespaceSelector }) => namespaceSelector?.matchLabels?.[NAMESPACE_NAME] !== undefined)
    .filter((peer) => podsOf(policy, peer, output).length === 0)
    .map((peer) => `${titleOf(policy)} names pods that do not exist: ${JSON.stringify(peer)}`);
}

function podsOf(
  policy: Policy,
  { podSelector, namespaceSelector, ipBlock }: Peer,
  output: ClusterOutput,
): readonly PodSet[] {
  if (ipBlock !== undefined) return [];
  const namespaces =
    namespaceSelector === undefined ? [policy.metadata.namespace ?? ""] : output.namespacesOf(namespaceSelector);
  return namespaces.flatMap((namespace) => output.podsIn(namespace, podSelector ?? {}));
}

function flowsOf(policy: Policy, direction: Direction, output: ClusterOutput): readonly Flow[] {
  const own = output.podsIn(policy.metadata.namespace ?? "", policy.spec.podSelector).filter((pods) => !onHost(pods));
  return rulesOf(policy, direction).flatMap((rule) => {
    const others = peersOf(rule, direction).flatMap((peer) => podsOf(policy, peer, output));
    return own.flatMap((mine) =>
      others.flatMap((other) => {
        const [source, target] = direction === "Ingress" ? [other, mine] : [mine, other];
        const ports =
          rule.ports ?? portsOf(target).map(({ containerPort: port, protocol = "TCP" }) => ({ port, protocol }));
        return ports.map((port) => ({ policy, source, target, port }));
      }),
    );
  });
}

function onHost({ spec }: PodSet): boolean {
  return spec.hostNetwork === true;
}

function checkEnds(
  { policy, source, target, port }: Flow,
  direction: Direction,
  policies: readonly Policy[],
  output: ClusterOutput,
): readonly string[] {
  const hidden = [source, target].filter(onHost);
  if (hidden.length > 0) {
    return hidden.map(({ title }) => `${titleOf(policy)} names ${title} by labels, which is on its node's network`);
  }
  const end = direction === "Ingress" ? "Egress" : "Ingress";
  const [at, other] = end === "Ingress" ? [target, source] : [source, target];
  const about = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === at.namespace && spec.policyTypes.includes(end) && selects(spec.podSelector, at.labels),
  );
  if (about.length === 0) return [];
  const allowed = about.some((each) =>
    rulesOf(each, end).some((rule) => coversPort(rule, port, target) && coversPods(each, rule, end, other, output)),
  );
  if (allowed) return [];
  return [
    `${titleOf(policy)}: ${at.title} has no policy for the other end, ${source.title} to ${target.title} on ${shown(port)}`,
  ];
}

function coversPods(policy: Policy, rule: Rule, direction: Direction, pods: PodSet, output: ClusterOutput): boolean {
  const peers = peersOf(rule, direction);
  return (
    peers.length === 0 ||
    peers.some((peer) => peer.ipBlock?.cidr === EVERYWHERE || podsOf(policy, peer, output).includes(pods))
  );
}

function coversPort({ ports }: Rule, wanted: Port, target: PodSet): boolean {
  if (ports === undefined) return true;
  return ports.some((each) => {
    if ((each.protocol ?? "TCP") !== (wanted.protocol ?? "TCP")) return false;
    if (each.port === undefined) return true;
    const [from, number] = [numberOf(each.port, target), numberOf(wanted.port, target)];
    return from !== undefined && number !== undefined && number >= from && number <= (each.endPort ?? from);
  });
}

function numberOf(port: number | string | undefined, target: PodSet): number | undefined {
  if (typeof port !== "string") return port;
  return portsOf(target).find(({ name }) => name === port)?.containerPort;
}

function checkPort({ policy, target, port: { port, protocol, ...range } }: Flow): readonly string[] {
  if (port === undefined || range.endPort !== undefined || onHost(target) || listensOn(target, port, protocol))
    return [];
  return [
    `${titleOf(policy)}: ${target.title} does not listen on ${shown({ port, ...(protocol !== undefined && { protocol }) })}`,
  ];
}

function shown({ port = "every port", protocol = "TCP" }: Port): string {
  return `${port}/${protocol}`;
}
