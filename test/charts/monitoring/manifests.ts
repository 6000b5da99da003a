import { Testing } from "cdk8s";
import { chartsOf } from "../../../charts/charts-of.js";
import type { PrometheusSpec } from "../../../charts/crds/generated/monitoring.coreos.com.js";
import type { ClusterConfig } from "../../../src/config/cluster-config.js";
import { plannedCluster } from "../../../src/config/cluster-outputs.js";
import type { Manifest as AnyManifest } from "../manifests.js";

/** A manifest whose `spec` the test knows. */
export type Manifest<Spec = Readonly<Record<string, unknown>>> = Omit<AnyManifest, "spec"> & {
  readonly spec: Spec;
  readonly rules?: readonly { readonly resources?: readonly string[]; readonly verbs: readonly string[] }[];
};

/** Every object of a cluster, of all its charts. */
export function clusterManifests(config: ClusterConfig): readonly Manifest[] {
  const app = Testing.app();
  return chartsOf(plannedCluster(config)).flatMap((make) => make(app).toJson() as Manifest[]);
}

/** @throws when there is none, or more than one */
export function the<Spec>(manifests: readonly Manifest[], kind: string, name: string): Manifest<Spec> {
  const found = manifests.filter((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  const [one] = found;
  if (one === undefined || found.length > 1) throw new Error(`${found.length} of ${kind} ${name}`);
  return one as unknown as Manifest<Spec>;
}

export function prometheus(manifests: readonly Manifest[], instance: "k8s" | "customer"): PrometheusSpec {
  return the<PrometheusSpec>(manifests, "Prometheus", instance).spec;
}

interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string }[];
}

/** As the API server judges it, of the operators that our selectors have. No selector selects nothing, an empty one everything. */
export function selects(selector: LabelSelector | undefined, labels: Readonly<Record<string, string>> = {}): boolean {
  if (selector === undefined) return false;
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator }) => {
      if (operator === "Exists") return key in labels;
      if (operator === "DoesNotExist") return !(key in labels);
      throw new Error(`no test knows the operator ${operator}`);
    })
  );
}
