import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildManifests } from "../../../charts/build-manifests.js";
import { type ClusterConfig, type OpenStackClusterConfig } from "../../../src/config/cluster-config.js";
import { adminKubeconfig } from "../../../src/pki/kubeconfig.js";
import { initialise, kubernetesPrograms, tellName } from "../support/control-plane.js";
import { EtcdCluster } from "../support/etcd-cluster.js";
import { KubernetesCluster } from "../support/kubernetes-cluster.js";
import { type NodeHost } from "../support/node-host.js";
import { NodeNetwork } from "../support/node-network.js";
import { type Manifest, Person } from "./person.js";

/** Charts of the platform's base: the rest brings custom resources and workloads, and has suites of its own. */
const BASE = /^\d{4}-(namespaces|priorities|access|policies)\.k8s\.yaml$/;

/** One controller with its etcd and its API server, started with what the product renders, and the base's manifests. */
export class PolicedCluster {
  private constructor(
    private readonly network: NodeNetwork,
    readonly controller: NodeHost,
    private readonly desk: NodeHost,
    private readonly manifests: readonly string[],
  ) {}

  static async start(config: OpenStackClusterConfig): Promise<PolicedCluster> {
    const network = await NodeNetwork.open(config.network.nodeCidr);
    try {
      const etcd = await EtcdCluster.prepare(network, config);
      await etcd.boot();
      await etcd.start();
      const cluster = new KubernetesCluster(config, etcd.bundle);
      const controller = cluster.addNode(network, cluster.node("controller-0"), { programs: kubernetesPrograms() });
      tellName(controller, config.apiHosts.internal, controller.address);
      await controller.boot();
      // No kube-proxy here refuses what has no endpoints, as kubernetes-auth's service has at first.
      await controller.run("ip", ["route", "add", "unreachable", config.network.serviceCidr]);
      await initialise(controller);
      const address = config.addresses.pool.end;
      const desk = network.addNode({ name: "desk", address, programs: kubernetesPrograms() });
      tellName(desk, config.apiHosts.public, controller.address);
      desk.writeFile("/root/.kube/config", adminKubeconfig(config, cluster.bundle), 0o600);
      await desk.boot();
      return new PolicedCluster(network, controller, desk, synthesize(config));
    } catch (error) {
      await network.close();
      throw error;
    }
  }

  person(user: string, ...groups: readonly string[]): Person {
    return new Person(this.desk, user, groups);
  }

  /** As the controller of kube-controller-manager does that is called so. */
  controllerOf(name: string): Person {
    return this.person(`system:serviceaccount:kube-system:${name}`, "system:serviceaccounts:kube-system");
  }

  /** Every manifest, in order. Resolves to the version of each object afterwards. */
  async apply(as: Person, manifests = this.manifests): Promise<Readonly<Record<string, string>>> {
    const versions: Record<string, string> = {};
    for (const manifest of manifests) {
      await as.do(["apply", "--server-side", "--field-manager", "kaas", "--filename", "-"], manifest);
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
    return this.network.close();
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

/** Manifests of the base, or of the charts whose files match, in the order of application. */
export function synthesize(config: ClusterConfig, charts = BASE): readonly string[] {
  const outdir = mkdtempSync(join(tmpdir(), "kaas-charts-"));
  try {
    buildManifests([config], outdir);
    const folder = join(outdir, config.name);
    const files = readdirSync(folder).filter((file) => charts.test(file));
    return files.sort().map((file) => readFileSync(join(folder, file), "utf8"));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
