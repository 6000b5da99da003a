import { type OpenStackClusterConfig } from "../../../src/config/cluster-config.js";
import { adminKubeconfig } from "../../../src/pki/kubeconfig.js";
import { initialise, kubernetesPrograms, tellName } from "../support/control-plane.js";
import { EtcdCluster } from "../support/etcd-cluster.js";
import { KubernetesCluster } from "../support/kubernetes-cluster.js";
import { type NodeHost } from "../support/node-host.js";
import { NodeNetwork } from "../support/node-network.js";
import { Person } from "./person.js";

/** Where the desk's kubectl finds who it is. */
export const DESK_KUBECONFIG = "/root/.kube/config";

export interface ApiClusterOptions {
  /** Of the desk, beside those of Kubernetes: its paths to files here. @default - none */
  readonly programs?: Readonly<Record<string, string>>;
  /** Of the API server, behind those that the product renders. @default - none */
  readonly flags?: readonly string[];
}

/** One controller with its etcd and its API server, started with what the product renders, and a desk with kubectl. */
export class ApiCluster {
  private constructor(
    private readonly network: NodeNetwork,
    readonly controller: NodeHost,
    /** A machine of the node network whose kubectl may do everything. */
    readonly desk: NodeHost,
    /** By which name the desk knows the API server. */
    readonly apiHost: string,
  ) {}

  static async start(
    config: OpenStackClusterConfig,
    { programs = {}, flags = [] }: ApiClusterOptions = {},
  ): Promise<ApiCluster> {
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
      await initialise(controller, flags);
      const address = config.addresses.pool.end;
      const desk = network.addNode({ name: "desk", address, programs: { ...kubernetesPrograms(), ...programs } });
      tellName(desk, config.apiHosts.public, controller.address);
      desk.writeFile(DESK_KUBECONFIG, adminKubeconfig(config, cluster.bundle), 0o600);
      await desk.boot();
      return new ApiCluster(network, controller, desk, config.apiHosts.public);
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

  stop(): Promise<void> {
    return this.network.close();
  }
}
