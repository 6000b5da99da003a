import { parse, stringify } from "yaml";
import { verifiedDefinitions } from "../../../charts/crds/definitions-folder.js";
import { definitionFiles, definitionsLock } from "../../../charts/crds/lock.js";
import { neededDefinitions } from "../../../charts/crds/needed-definitions.js";
import { isOpenStack, type ClusterConfig, type OpenStackClusterConfig } from "../../../src/config/cluster-config.js";
import { openStack } from "../../support/bootstraps.js";
import { built, startControllers } from "../support/control-plane.js";
import { definitionsFolder } from "../support/definitions.js";
import { eventually } from "../support/eventually.js";
import { type NodeProcess } from "../support/node-process.js";
import { ApiCluster, DESK_KUBECONFIG } from "./api-cluster.js";
import { isTrue, readState, title, unsettled, type ClusterState } from "./cluster-state.js";
import { type ManifestFile, manifestFiles } from "./manifests.js";
import { type Person } from "./person.js";
import { anyWorker, platformNodes } from "./platform-nodes.js";
import { PrometheusOperator } from "./prometheus-operator.js";
import { volumesFor } from "./volume-provisioner.js";

/** kwok's kubeconfig on the desk. */
const KUBELETS = "/root/.kube/kubelets";
/** A kubelet tells that it lives four times in this time. */
const LEASE_SECONDS = 8;
/** Of Kubernetes' own 50 s. */
const GRACE_SECONDS = 16;

/**
 * A cluster in which the platform runs as far as Kubernetes itself goes: the real control plane, whose controllers and scheduler
 * work on nodes without machines. There kwok does what kubelets say they do; no container runs, and no driver makes a volume.
 */
export class PlatformCluster {
  private constructor(
    readonly api: ApiCluster,
    /** Who brings up the platform, before it says who its operators are. */
    readonly bootstrapper: Person,
    readonly files: readonly ManifestFile[],
    /** The worker that {@link loseWorker} takes away. */
    readonly weakWorker: string,
    private readonly weakKubelet: NodeProcess,
  ) {}

  static async start(config: ClusterConfig): Promise<PlatformCluster> {
    const api = await ApiCluster.start(controlPlaneOf(config), {
      programs: {
        "/opt/bin/kwok": built("KAAS_KWOK_BIN", "kwok"),
        "/opt/bin/operator": built("KAAS_OPERATOR_BIN", "operator"),
        "/opt/bin/promtool": built("KAAS_PROMETHEUS_BIN", "promtool"),
        "/opt/bin/amtool": built("KAAS_ALERTMANAGER_BIN", "amtool"),
      },
      // No pod is there to answer a webhook. Policies are another plugin, which stays.
      flags: ["--disable-admission-plugins=MutatingAdmissionWebhook,ValidatingAdmissionWebhook"],
    });
    try {
      api.desk.writeFile(KUBELETS, kubelets(api), 0o600);
      const weak = anyWorker(config);
      const kwok = (name: string, ...nodes: readonly string[]) =>
        api.desk.start(
          "kwok",
          ["--kubeconfig", KUBELETS, "--node-lease-duration-seconds", `${LEASE_SECONDS}`, ...nodes],
          `/var/log/kwok-${name}.log`,
        );
      kwok("all", `--manage-nodes-with-label-selector=kubernetes.io/hostname!=${weak}`);
      const weakKubelet = kwok("weak", `--manage-single-node=${weak}`);
      const nodes = { apiVersion: "v1", kind: "List", items: platformNodes(config) };
      await administratorOf(api).do(["create", "--filename", "-"], nodes);
      await startControllers(api.controller, [
        `--node-monitor-grace-period=${GRACE_SECONDS}s`,
        "--node-monitor-period=1s",
      ]);
      return new PlatformCluster(api, await bootstrapper(api, config), manifestFiles(config), weak, weakKubelet);
    } catch (error) {
      await api.stop();
      throw error;
    }
  }

  get operator(): Person {
    return this.api.person("olga", "rackspace:operators");
  }

  /** The definitions that the platform brings, and on EKS Amazon. Resolves when the API server serves their resources. */
  async applyDefinitions(config: ClusterConfig): Promise<void> {
    const amazons = isOpenStack(config) ? [] : definitionFiles(definitionsLock, ["external-snapshotter"]);
    const needed = [...neededDefinitions(config), ...amazons];
    const definitions = await verifiedDefinitions(await definitionsFolder(), needed);
    await this.bootstrapper.apply(definitions.map(({ text }) => text).join("\n---\n"));
    const wait = ["wait", "crd", "--all", "--for", "condition=Established", "--timeout", "60s"];
    await this.bootstrapper.do(wait);
  }

  /** Every manifest, file by file, in order. */
  async applyManifests(as: Person): Promise<void> {
    for (const { name, text } of this.files) {
      try {
        await as.apply(text);
      } catch (error) {
        throw new Error(`${name} is refused`, { cause: error });
      }
    }
  }

  /** The same at once. */
  async applyAgain(as: Person): Promise<void> {
    await as.apply(this.files.map(({ text }) => text).join("\n---\n"));
  }

  /** Starts what makes Prometheus and Alertmanager of their resources; it ends with the cluster. */
  startOperator(): Promise<PrometheusOperator> {
    return PrometheusOperator.start(this.api.desk, this.bootstrapper, this.api.apiHost, this.files);
  }

  /** Once, makes the volumes that are waited for and says how the cluster is. */
  async tend(): Promise<ClusterState> {
    const administrator = administratorOf(this.api);
    const state = await readState(administrator);
    const volumes = volumesFor(state);
    if (volumes.length > 0) await administrator.apply({ apiVersion: "v1", kind: "List", items: volumes });
    return state;
  }

  /** Resolves when every controller of workloads is done, and every pod runs. */
  async settle(timeoutSeconds = 90): Promise<ClusterState> {
    return eventually(async () => {
      const state = await this.tend();
      const waiting = unsettled(state);
      if (waiting.length > 0) throw new Error(`not settled:\n${waiting.join("\n")}`);
      return state;
    }, timeoutSeconds);
  }

  /**
   * Takes the power from one worker, and does what Kubernetes' documentation tells operators to do once they are sure that it will
   * not come back. Resolves when the controllers have taken its pods away.
   * Source: kubernetes.io/docs/concepts/cluster-administration/node-shutdown, "Non-graceful node shutdown handling"
   */
  async loseWorker(): Promise<void> {
    await this.weakKubelet.stop("SIGKILL");
    await eventually(async () => {
      const { nodes } = await this.tend();
      const lost = nodes.find(({ metadata }) => metadata.name === this.weakWorker);
      if (lost === undefined || isTrue(lost.status.conditions, "Ready")) throw new Error(`${this.weakWorker} is Ready`);
    }, GRACE_SECONDS * 3);
    const taint = "node.kubernetes.io/out-of-service=nodeshutdown:NoExecute";
    await this.operator.do(["taint", "node", this.weakWorker, taint]);
    await eventually(async () => {
      const { pods } = await this.tend();
      const left = pods.filter(({ spec, metadata }) => {
        const isDaemon = metadata.ownerReferences?.some(({ kind }) => kind === "DaemonSet") === true;
        return spec.nodeName === this.weakWorker && !isDaemon;
      });
      if (left.length > 0) throw new Error(`left on ${this.weakWorker}: ${left.map(title).join(", ")}`);
    }, 120);
  }

  stop(): Promise<void> {
    return this.api.stop();
  }
}

/** The smallest control plane, with the cluster's addresses of services and pods: manifests hold some. */
function controlPlaneOf({ network }: ClusterConfig): OpenStackClusterConfig {
  return openStack({
    cluster: { domain: "example.com", profile: "development" },
    network: { serviceCidr: network.serviceCidr },
    etcd: { count: 1 },
    controlPlane: { count: 1 },
  });
}

/** Of all nodes at once: no node may speak for another. */
function kubelets(api: ApiCluster): string {
  const kubeconfig = parse(api.desk.readFile(DESK_KUBECONFIG)) as { readonly users: readonly { user: object }[] };
  const identity = { as: "kwok", "as-groups": ["system:masters"] };
  const users = kubeconfig.users.map((entry) => ({ ...entry, user: { ...entry.user, ...identity } }));
  return stringify({ ...kubeconfig, users });
}

/** Of the control plane that stands here, whatever cluster it is for. */
function administratorOf(api: ApiCluster): Person {
  return api.person("kaas-admin", "kubeadm:cluster-admins");
}

/** On EKS a session of an IAM role, to which an access entry gives what a binding gives here. */
async function bootstrapper(api: ApiCluster, config: ClusterConfig): Promise<Person> {
  const administrator = administratorOf(api);
  if (isOpenStack(config)) return administrator;
  const [, , , , account = "", role = ""] = config.provider.adminRoleArns[0]?.split(":") ?? [];
  const user = `arn:aws:sts::${account}:assumed-role/${role.split("/").at(-1) ?? ""}/deploy`;
  await administrator.do([
    "create",
    "clusterrolebinding",
    "access-entry",
    "--clusterrole",
    "cluster-admin",
    "--user",
    user,
  ]);
  return api.person(user);
}
