import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { type SecretVariables } from "../../../src/config/secret-variables.js";
import { openStack } from "../../support/bootstraps.js";
import { initialise, startApiServer } from "../support/control-plane.js";
import { EtcdCluster } from "../support/etcd-cluster.js";
import { NodeUnit } from "../support/etcd-unit.js";
import { KubernetesCluster } from "../support/kubernetes-cluster.js";
import { endKubeadmWith, kubeadmCalls, recordedPrograms, recordKubeadm } from "../support/kubernetes-kubeadm.js";
import { type NodeHost } from "../support/node-host.js";
import { NodeNetwork } from "../support/node-network.js";
import { type NodeProcess } from "../support/node-process.js";

const config = openStack({
  cluster: { domain: "example.com", profile: "development" },
  provider: { api: { topology: "virtual-ip" }, dns: { manage: "none" } },
  etcd: { count: 1 },
  controlPlane: { count: 2 },
  // kubernetes-auth is asked for authorization, long before it runs.
  auth: { mode: "hosted", authorization: true },
});

const INIT_FILE = "/run/kaas-init.yaml";
const JOIN_FILE = "/etc/kaas/kubeadm/join.yaml";
const PREFLIGHT = "/root/preflight.yaml";
const KUBE_VIP = "/etc/kubernetes/manifests/kube-vip.yaml";
/** What holds the token that joins nodes, or what is put together from it. */
const SECRETIVE = ["/etc/kaas/kubeadm/init.yaml", "/etc/kaas/kubeadm/discovery.yaml", INIT_FILE];

/** Each test goes on where the one before it has left the cluster. */
describe("the unit that brings nodes into the cluster", () => {
  let network: NodeNetwork;
  let etcd: EtcdCluster;
  let cluster: KubernetesCluster;
  let first: NodeHost;
  let second: NodeHost;
  let worker: NodeHost;
  /** The API server of the second controller. */
  let peer: NodeProcess;

  beforeAll(async () => {
    network = await NodeNetwork.open(config.network.nodeCidr);
    etcd = await EtcdCluster.prepare(network, config);
    cluster = new KubernetesCluster(config, etcd.bundle);
    await etcd.boot();
    first = await bootServer("controller-0");
    second = await bootServer("controller-1");
    worker = await bootServer("worker-0");
  });
  afterAll(() => network.close());

  /** A server with an empty disk. */
  async function bootServer(key: string, variables: Partial<SecretVariables> = {}): Promise<NodeHost> {
    const node = cluster.addNode(network, cluster.node(key), { programs: recordedPrograms(), variables });
    recordKubeadm(node);
    await node.boot();
    return node;
  }

  async function replaceFirst(variables: Partial<SecretVariables>): Promise<void> {
    await first.powerOff();
    first = await bootServer("controller-0", variables);
  }

  const runUnit = (node: NodeHost) => new NodeUnit(node, "kaas-join.service").run();
  const subcommands = (node: NodeHost) => kubeadmCalls(node).map(({ args }) => args[0]);
  const leftOf = (node: NodeHost, files: readonly string[]) =>
    files.filter((file) => existsSync(join(node.root, file)));
  const kubeconfigOf = (kubeVip = "") =>
    (parse(kubeVip) as { spec: { volumes: [{ hostPath: { path: string } }] } }).spec.volumes[0].hostPath.path;

  async function expectWaiting(node: NodeHost, reason: string): Promise<void> {
    const before = subcommands(node);
    const { code, stderr } = await runUnit(node);
    expect({ code, stderr }).toEqual({ code: 1, stderr: `${reason}\n` });
    expect(subcommands(node)).toEqual(before);
    expect(leftOf(node, ["/var/lib/kaas/joined"])).toEqual([]);
  }

  async function expectJoined(node: NodeHost): Promise<void> {
    const before = subcommands(node);
    const { code, stderr } = await runUnit(node);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(subcommands(node)).toEqual([...before, "join"]);
    expect(kubeadmCalls(node).at(-1)?.args.slice(0, 3)).toEqual(["join", "--config", JOIN_FILE]);
    expect(leftOf(node, SECRETIVE)).toEqual([]);
  }

  it("keeps a worker waiting while the API does not answer", async () => {
    await expectWaiting(worker, "https://api-int.demo.example.com:6443 does not answer yet");
  });

  it("keeps the second controller waiting while no other answers", async () => {
    await expectWaiting(second, "no controller answers yet");
  });

  it("keeps the first controller waiting while etcd does not answer", async () => {
    await expectWaiting(first, "no etcd member answers yet");
  });

  it("initialises the cluster on the first controller once etcd answers and holds nothing", async () => {
    await etcd.start();
    endKubeadmWith(first, 1);
    expect((await runUnit(first)).code).toBe(1);

    expect(subcommands(first)).toEqual(["init"]);
    const [call] = kubeadmCalls(first);
    expect(call?.args.slice(0, 3)).toEqual(["init", "--config", INIT_FILE]);
    expect(call?.config).toContain(`"token":"${cluster.bundle.bootstrapToken}"`);
    expect(call?.configMode).toBe("600");
    expect(await first.run("kubeadm", ["config", "validate", "--config", INIT_FILE])).toBe("ok\n");
  });

  it("gives kube-vip the rights that the administrator has not before the end of the initialisation", () => {
    const [call] = kubeadmCalls(first);
    expect(kubeconfigOf(call?.manifests["kube-vip.yaml"])).toBe("/etc/kubernetes/super-admin.conf");
  });

  it("initialises it again when the attempt was cut short, whatever of it runs or is in etcd", async () => {
    await initialise(first);
    endKubeadmWith(first, 0);
    const { code, stderr } = await runUnit(first);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(subcommands(first)).toEqual(["init", "init"]);
  });

  it("asks kubeadm to overlook what an attempt leaves behind, and that an image cannot be fetched", async () => {
    const [call] = kubeadmCalls(first);
    const ignored = call?.args[call.args.indexOf("--ignore-preflight-errors") + 1] ?? "";
    first.writeFile(PREFLIGHT, call?.config ?? "");
    const errorsOf = async (list: string) => {
      const check = ["init", "phase", "preflight", "--config", PREFLIGHT, "--ignore-preflight-errors", list];
      const { stdout, stderr } = await first.attempt("kubeadm", check);
      return [...`${stdout}${stderr}`.matchAll(/\[ERROR ([^\]]+)\]/g)].map(([, name = ""]) => name);
    };
    const ofAttempt = /^(DirAvailable|FileAvailable|Port)-/;
    expect((await errorsOf("none")).filter((name) => ofAttempt.test(name))).not.toEqual([]);
    const ofThisMachine = await errorsOf(ignored);
    expect(ofThisMachine.filter((name) => ofAttempt.test(name))).toEqual([]);
    // Without a container runtime no image can be fetched.
    expect(await errorsOf([ignored, ...ofThisMachine].join(","))).toEqual([]);
  });

  it("leaves behind neither the token nor rights of kube-vip that nobody can take back", () => {
    expect(leftOf(first, SECRETIVE)).toEqual([]);
    expect(kubeconfigOf(first.readFile(KUBE_VIP))).toBe("/etc/kubernetes/admin.conf");
  });

  it("lets a worker join once the API answers at its address", async () => {
    // As kube-vip does.
    await first.run("ip", ["address", "add", `${config.addresses.apiVirtualIp}/32`, "dev", "eth0"]);
    await expectJoined(worker);
  });

  it("brings a kube-vip that the API server takes", async () => {
    const kubectl = ["--kubeconfig", "/etc/kubernetes/admin.conf", "--namespace", "kube-system", "create"];
    await first.run("kubectl", [...kubectl, "serviceaccount", "default"]);
    const { stderr } = await first.attempt("kubectl", [...kubectl, "--dry-run=server", "--filename", KUBE_VIP]);
    expect(stderr).toBe("");
  });

  it("lets the second controller join once the first answers", async () => {
    // What the join begins with, while there is a token.
    await second.run("kubeadm", ["join", "phase", "control-plane-prepare", "all", "--config", JOIN_FILE]);
    await expectJoined(second);
    expect(kubeconfigOf(kubeadmCalls(second)[0]?.manifests["kube-vip.yaml"])).toBe("/etc/kubernetes/admin.conf");
  });

  it("does nothing more on a node that is in the cluster", async () => {
    for (const node of [first, second, worker]) {
      const before = subcommands(node);
      expect(new NodeUnit(node, "kaas-join.service").values("ConditionPathExists")).toEqual(["!/var/lib/kaas/joined"]);
      expect(leftOf(node, ["/var/lib/kaas/joined"])).toHaveLength(1);
      // Nor does somebody who starts it by hand.
      expect(await runUnit(node)).toMatchObject({ code: 0 });
      expect(subcommands(node)).toEqual(before);
    }
  });

  it("lets a replaced first controller join while another answers, also before the deployment has ended", async () => {
    peer = await startApiServer(second);
    await replaceFirst({ initialised: false });
    await expectJoined(first);
  });

  it("keeps a replaced first controller waiting while no other answers", async () => {
    await peer.stop();
    await replaceFirst({ initialised: true });
    await expectWaiting(first, "the cluster exists and no other controller answers: waiting for one");
  });

  it("keeps it waiting by what etcd holds, where the deployment has not ended", async () => {
    await replaceFirst({ initialised: false });
    await expectWaiting(first, "etcd holds a cluster already and no other controller answers: waiting for one");
  });
});
