import { App } from "cdk8s";
import { chartsOf } from "../../../charts/charts-of.js";
import { requiredSecrets } from "../../../charts/secrets/required-secrets.js";
import type { RequiredSecret } from "../../../charts/shared/required-secret.js";
import type { ClusterConfig } from "../../../src/config/cluster-config.js";
import { plannedCluster } from "../../../src/config/cluster-outputs.js";
import { externalPods, externalServices, isExternal } from "./external.js";
import { ofKind, selects, type KubeObject, type Labels, type LabelSelector } from "./kube-object.js";
import { podSetsOf, type PodSet } from "./pod-sets.js";
import type { Service } from "./service.js";

/** Everything that is written for one cluster, and what the checks look up in it. */
export class ClusterOutput {
  /** Those of our charts, and those that are there without them. */
  readonly pods: readonly PodSet[];
  /** The same of Services. */
  readonly services: readonly Service[];
  private readonly keys: ReadonlySet<string>;
  private readonly labelsOfNamespaces: ReadonlyMap<string, Labels>;

  constructor(
    readonly config: ClusterConfig,
    readonly objects: readonly KubeObject[],
    readonly secrets: readonly RequiredSecret[],
  ) {
    this.pods = [...podSetsOf(objects), ...externalPods(config.provider.type)];
    this.services = [...(ofKind(objects, "Service") as readonly Service[]), ...externalServices(config.provider.type)];
    this.keys = new Set(objects.map(({ kind, metadata }) => keyOf(kind, metadata.namespace, metadata.name)));
    this.labelsOfNamespaces = new Map(
      objects
        .filter(({ kind }) => kind === "Namespace")
        .map(({ metadata }) => [metadata.name, { ...metadata.labels, "kubernetes.io/metadata.name": metadata.name }]),
    );
  }

  static of(config: ClusterConfig): ClusterOutput {
    const cluster = plannedCluster(config);
    const objects = chartsOf(cluster).flatMap((make) => make(new App()).toJson() as KubeObject[]);
    return new ClusterOutput(config, objects, requiredSecrets(cluster));
  }

  /** The same cluster with other objects or Secrets. */
  with({
    objects = this.objects,
    secrets = this.secrets,
  }: Partial<Pick<ClusterOutput, "objects" | "secrets">>): ClusterOutput {
    return new ClusterOutput(this.config, objects, secrets);
  }

  /** Whether an object is written, or there without the charts. */
  has(kind: string, namespace: string | undefined, name: string): boolean {
    return this.keys.has(keyOf(kind, namespace, name)) || isExternal(kind, namespace, name);
  }

  findService(namespace: string | undefined, name: string): Service | undefined {
    return this.services.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  }

  podsIn(namespace: string, selector: LabelSelector): readonly PodSet[] {
    return this.pods.filter((pods) => pods.namespace === namespace && selects(selector, pods.labels));
  }

  /** Names of the namespaces that are written and that a selector selects. */
  namespacesOf(selector: LabelSelector): readonly string[] {
    return [...this.labelsOfNamespaces].filter(([, labels]) => selects(selector, labels)).map(([name]) => name);
  }
}

function keyOf(kind: string, namespace: string | undefined, name: string): string {
  return `${kind} ${namespace ?? ""}/${name}`;
}

/** Says what is wrong, a line for each mistake. */
export type Check = (output: ClusterOutput) => readonly string[];
