import { type OpenStackClusterConfig } from "../../../src/config/cluster-config.js";
import { type NodeHost } from "../support/node-host.js";
import { ApiCluster } from "./api-cluster.js";
import { synthesize } from "./manifests.js";
import { type Manifest, type Person } from "./person.js";

/** An API server and the base's manifests. */
export class PolicedCluster {
  private constructor(
    private readonly cluster: ApiCluster,
    private readonly manifests: readonly string[],
  ) {}

  static async start(config: OpenStackClusterConfig): Promise<PolicedCluster> {
    return new PolicedCluster(await ApiCluster.start(config), synthesize(config));
  }

  get controller(): NodeHost {
    return this.cluster.controller;
  }

  person(user: string, ...groups: readonly string[]): Person {
    return this.cluster.person(user, ...groups);
  }

  controllerOf(name: string): Person {
    return this.cluster.controllerOf(name);
  }

  /** Every manifest, in order. Resolves to the version of each object afterwards. */
  async apply(as: Person, manifests = this.manifests): Promise<Readonly<Record<string, string>>> {
    const versions: Record<string, string> = {};
    for (const manifest of manifests) {
      await as.apply(manifest);
      const { items } = JSON.parse(await as.do(["get", "--output", "json", "--filename", "-"], manifest)) as List;
      for (const { kind, metadata } of items) {
        versions[[kind, metadata.namespace ?? "", metadata.name].join("/")] = metadata.resourceVersion;
      }
    }
    return versions;
  }

  /** Writes the rules of every aggregated role, as kube-controller-manager would. */
  async aggregateRoles(): Promise<void> {
    const controller = this.controllerOf("clusterrole-aggregation-controller");
    // Those of Kubernetes gather roles that gather: twice is enough for all.
    for (let round = 0; round < 2; round++) {
      const { items } = JSON.parse(await controller.do(["get", "clusterroles", "--output", "json"])) as List;
      for (const { metadata, aggregationRule } of items) {
        if (aggregationRule === undefined) continue;
        const rules = items
          .filter(({ metadata: { name, labels = {} } }) =>
            aggregationRule.clusterRoleSelectors.some(
              ({ matchLabels }) =>
                name !== metadata.name &&
                Object.entries(matchLabels).every(([label, value]) => labels[label] === value),
            ),
          )
          .flatMap((role) => role.rules ?? []);
        const patch = ["--type", "merge", "--patch", JSON.stringify({ rules })];
        await controller.do(["patch", "clusterrole", metadata.name, ...patch]);
      }
    }
  }

  stop(): Promise<void> {
    return this.cluster.stop();
  }
}

interface List {
  readonly items: readonly {
    readonly kind: string;
    readonly metadata: {
      readonly name: string;
      readonly namespace?: string;
      readonly resourceVersion: string;
      readonly labels?: Readonly<Record<string, string>>;
    };
    readonly aggregationRule?: {
      readonly clusterRoleSelectors: readonly { readonly matchLabels: Readonly<Record<string, string>> }[];
    };
    readonly rules?: readonly Manifest[];
  }[];
}
