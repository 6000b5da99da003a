import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { initConfiguration } from "../../../src/bootstrap/kubeadm/init-configuration.js";
import { fixedAddressOf } from "../../../src/config/cluster-config.js";
import { openStack } from "../../support/bootstraps.js";
import { stackedEtcdPrograms, startApiServer } from "../support/control-plane.js";
import { NodeUnit } from "../support/etcd-unit.js";
import { eventually } from "../support/eventually.js";
import { KubernetesCluster } from "../support/kubernetes-cluster.js";
import { endKubeadmWith, kubeadmCalls, recordedPrograms, recordKubeadm } from "../support/kubernetes-kubeadm.js";
import { StaticPod } from "../support/kubernetes-static-pod.js";
import { type NodeHost } from "../support/node-host.js";
import { NodeNetwork } from "../support/node-network.js";

/** Three controllers with an etcd member each, as kubeadm leaves them. */
describe("the unit on a controller that carries an etcd member", () => {
  const config = openStack({
    cluster: { domain: "example.com", profile: "development" },
    etcd: { stacked: true },
    controlPlane: { count: 3 },
  });
  const DATA = "/var/lib/etcd/data";
  const ETCD_MANIFEST = "/etc/kubernetes/manifests/etcd.yaml";
  let network: NodeNetwork;
  let cluster: KubernetesCluster;
  let nodes: NodeHost[];

  beforeAll(async () => {
    cluster = await KubernetesCluster.prepare(config);
    network = await NodeNetwork.open(config.network.nodeCidr);
    nodes = await Promise.all(config.controllers.map(({ key }) => bootController(key)));
    for (const node of nodes) await startEtcd(node);
    await phases(controller(0), "kubeconfig all", "control-plane all");
    await startApiServer(controller(0));
  });
  afterAll(() => network.close());

  function controller(index: number): NodeHost {
    const node = nodes[index];
    if (node === undefined) throw new Error(`no controller ${index}`);
    return node;
  }

  async function bootController(key: string): Promise<NodeHost> {
    const programs = { ...recordedPrograms(), ...stackedEtcdPrograms() };
    const node = cluster.addNode(network, cluster.node(key), { programs, variables: { initialised: true } });
    recordKubeadm(node);
    await node.boot();
    // As the unit of the volume leaves it.
    await node.run("install", ["--directory", "--mode=0700", DATA]);
    return node;
  }

  /** Of `kubeadm init`, on any controller. */
  async function phases(node: NodeHost, ...names: readonly string[]): Promise<void> {
    const init = initConfiguration(cluster.node(node.name), cluster.bundle.bootstrapToken);
    const file = "/root/init.yaml";
    node.writeFile(file, `${node.readFile("/etc/kaas/kubeadm/cluster.yaml")}---\n${JSON.stringify(init)}\n`);
    for (const name of names) await node.run("kubeadm", ["init", "phase", ...name.split(" "), "--config", file]);
  }

  /** All at once, where kubeadm adds one after the other. */
  async function startEtcd(node: NodeHost): Promise<void> {
    await phases(node, "certs all", "etcd local");
    const members = config.controllers.map((spec) => `${spec.serverName}=https://${fixedAddressOf(spec)}:2380`);
    const manifest = node.readFile(ETCD_MANIFEST).replace(/(--initial-cluster=).*/, `$1${members.join(",")}`);
    node.writeFile(ETCD_MANIFEST, manifest);
    new StaticPod(node, "etcd").start();
  }

  const members = async () => {
    const list = ["--endpoints", "https://127.0.0.1:2379", "member", "list", "--write-out", "json"];
    const { members: found } = JSON.parse(await controller(0).run("/opt/kaas/bin/etcdctl", list)) as {
      members: { name: string }[];
    };
    return found.map(({ name }) => name).sort();
  };
  const runUnit = (node: NodeHost) => new NodeUnit(node, "kaas-join.service").run();
  const subcommands = (node: NodeHost) => kubeadmCalls(node).map(({ args }) => args[0]);

  it("takes out its member when the data is lost, before it joins with a new one", async () => {
    await controller(2).powerOff();
    nodes[2] = await bootController("controller-2");
    endKubeadmWith(controller(2), 1);
    // As systemd does: etcd refuses to change its members in its first seconds.
    const said = await eventually(async () => {
      const { stdout, stderr } = await runUnit(controller(2));
      if (subcommands(controller(2)).length === 0) throw new Error(stderr);
      return stdout;
    });
    expect(said).toMatch(/^member [0-9a-f]+ has lost its data: taking it out$/m);
    expect(await members()).toEqual(["demo-controller-0", "demo-controller-1"]);
    expect(subcommands(controller(2))).toEqual(["join"]);
  });

  it("takes out nothing more when that join was cut short", async () => {
    endKubeadmWith(controller(2), 0);
    const { code, stdout } = await runUnit(controller(2));
    expect(code).toBe(0);
    expect(stdout).not.toContain("has lost its data");
    expect(await members()).toEqual(["demo-controller-0", "demo-controller-1"]);
    expect(subcommands(controller(2))).toEqual(["join", "join"]);
  });

  it("leaves a member alone whose data is there", async () => {
    const { code, stdout } = await runUnit(controller(1));
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(await members()).toEqual(["demo-controller-0", "demo-controller-1"]);
    expect(subcommands(controller(1))).toEqual(["join"]);
  });
});
