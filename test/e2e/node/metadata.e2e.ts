import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { eventually } from "../support/eventually.js";
import { KubernetesCluster } from "../support/kubernetes-cluster.js";
import { variantCluster } from "../support/kubernetes-variants.js";
import { NodeUnit } from "../support/etcd-unit.js";
import { type NodeHost } from "../support/node-host.js";
import { NodeNetwork } from "../support/node-network.js";

const METADATA = "169.254.169.254";
const SERVER = `require("node:http").createServer((_, answer) => answer.end("user-data")).listen(80)`;
/** A pod is a namespace of the network behind its node, which forwards what it sends. */
const POD = `
mkdir -p /run/netns
mount --bind /run/netns /run/netns
mount --make-shared /run/netns
ip netns add pod
ip link add pod0 type veth peer name eth0 netns pod
ip address add 10.2.0.1/24 dev pod0
ip link set pod0 up
ip -n pod link set lo up
ip -n pod address add 10.2.0.2/24 dev eth0
ip -n pod link set eth0 up
ip -n pod route add default via 10.2.0.1
echo 1 >/proc/sys/net/ipv4/ip_forward
`;

describe("the host firewall of a node", () => {
  let network: NodeNetwork;
  let worker: NodeHost;
  /** Answers at its own address as at the metadata service's. */
  let cloud: NodeHost;

  beforeAll(async () => {
    const cluster = await KubernetesCluster.prepare(variantCluster("etcd on nodes of its own"));
    network = await NodeNetwork.open(cluster.config.network.nodeCidr);
    worker = cluster.addNode(network, cluster.node("worker-0"));
    cloud = network.addNode({ name: "cloud", address: "10.0.0.2", programs: { "/opt/bin/node": process.execPath } });
    await Promise.all([worker.boot(), cloud.boot()]);
    await cloud.run("ip", ["address", "add", `${METADATA}/32`, "dev", "lo"]);
    await cloud.run("ip", ["route", "add", "10.2.0.0/24", "via", worker.address]);
    cloud.start("node", ["--eval", SERVER], "/var/log/metadata.log");
    await worker.run("ip", ["route", "add", METADATA, "via", cloud.address]);
    await worker.run("bash", ["-euc", POD]);
    await eventually(() => worker.run("curl", ["--silent", "--fail", `http://${cloud.address}`]));
  });
  afterAll(() => network.close());

  const ask = (address: string) =>
    ["curl", "--silent", "--show-error", "--max-time", "2", `http://${address}`] as const;
  const fromNode = (address: string) => worker.attempt("env", [...ask(address)]);
  const fromPod = (address: string) => worker.attempt("ip", ["netns", "exec", "pod", ...ask(address)]);
  const load = () => new NodeUnit(worker, "kaas-metadata-firewall.service").run();

  it("is what keeps pods from the metadata service: without it they reach that", async () => {
    expect(await fromPod(METADATA)).toMatchObject({ code: 0, stdout: "user-data" });
  });

  it("can be loaded, and loaded again", async () => {
    expect(await load()).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await load()).toEqual({ code: 0, stdout: "", stderr: "" });
    const rules = await worker.run("nft", ["list", "ruleset"]);
    expect(rules.match(/ip daddr 169\.254\.169\.254 /g)).toHaveLength(1);
  });

  it("drops what pods send to the metadata service", async () => {
    const { code, stderr } = await fromPod(METADATA);
    expect(code).toBe(28);
    expect(stderr).toContain("timed out");
    expect(await worker.run("nft", ["list", "ruleset"])).toMatch(/daddr 169\.254\.169\.254 counter packets [1-9]/);
  });

  it("lets pods reach everything else", async () => {
    expect(await fromPod(cloud.address)).toMatchObject({ code: 0, stdout: "user-data" });
  });

  it("lets the node itself reach the metadata service", async () => {
    expect(await fromNode(METADATA)).toMatchObject({ code: 0, stdout: "user-data" });
  });
});
