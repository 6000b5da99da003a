import { get as getInTheClear } from "node:http";
import { get, type RequestOptions } from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { KeyPair } from "../../../src/config/secret-variables.js";
import { prepareBundle } from "../../../src/pki/preparation.js";
import { openStackCluster } from "../../support/clusters.js";
import { type EtcdMemberEntry } from "../support/etcd-client.js";
import { EtcdCluster } from "../support/etcd-cluster.js";
import { type EtcdMember } from "../support/etcd-member.js";
import { EtcdWriter } from "../support/etcd-writer.js";
import { eventually } from "../support/eventually.js";
import { NodeNetwork } from "../support/node-network.js";

const config = openStackCluster({ etcd: { count: 3 } });
const WRITES = 10_000;
const PREFIX = "/kaas/write/";

/** `etcdctl endpoint health` of all members, asked on one of them. */
const healthOf = ({ node }: EtcdMember) =>
  node.attempt("/opt/kaas/bin/etcdctl", ["--endpoints", "https://127.0.0.1:2379", "endpoint", "health", "--cluster"]);
const idOf = (members: readonly EtcdMemberEntry[], key: string) => members.find(({ name }) => name === key)?.id;

/** What a server answers to a GET. */
function answerOf(url: string, credentials?: RequestOptions): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const take = credentials === undefined ? getInTheClear : get;
    take(url, { agent: false, ...credentials }, (answer) => {
      let body = "";
      answer.on("data", (chunk: Buffer) => (body += chunk.toString()));
      answer.on("end", () => {
        resolve({ status: answer.statusCode ?? 0, body });
      });
    }).on("error", reject);
  });
}

describe("an etcd cluster of three members", () => {
  let network: NodeNetwork;
  let cluster: EtcdCluster;
  let writer: EtcdWriter;
  /** The one that had to die. */
  let lost: EtcdMember;

  beforeAll(async () => {
    network = await NodeNetwork.open(config.network.nodeCidr);
    cluster = await EtcdCluster.prepare(network, config);
  });
  afterAll(async () => {
    await network.close();
    await cluster.powerOff();
  });

  it("is made by members that find no quorum, and reaches one of three", async () => {
    await cluster.boot();
    expect(await cluster.start()).toEqual(cluster.keys.map((key) => `${key} starts as new: no quorum answers\n`));

    const members = await cluster.client("etcd-0").members();
    expect(members.map(({ name }) => name).sort()).toEqual(cluster.keys);
    expect((await healthOf(cluster.member("etcd-1"))).stdout.match(/ is healthy/g)).toHaveLength(3);
  });

  it("is told nothing that etcd does not know or advises against", () => {
    for (const member of cluster.keys.map((key) => cluster.member(key))) {
      const used = member.log().filter(({ msg }) => msg === "recognized and used environment variable");
      expect(Object.fromEntries(used.map((line) => [line["variable-name"], line["variable-value"]]))).toEqual({
        ...member.settings,
        ETCD_INITIAL_CLUSTER_STATE: "new",
      });
      const complaints = member
        .log()
        .filter(({ level, msg }) => level !== "info" && /environment|flag|deprecated|removed/.test(String(msg)));
      expect(complaints).toEqual([]);
    }
  });

  it.each([
    ["clients", 2379, "/health"],
    ["peers", 2380, "/members"],
  ])("refuses %s that show no certificate of etcd's own authority", async (_who, port, path) => {
    const { bundle, keys } = cluster;
    const { bundle: ofAnotherCluster } = await prepareBundle(config, { now: new Date() });
    const ask = (pair?: KeyPair) =>
      answerOf(`https://${cluster.member(keys[2] ?? "").address}:${port}${path}`, {
        ca: bundle.authorities.etcd.certificate,
        ...(pair && { cert: pair.certificate, key: pair.key }),
      });

    expect((await ask(bundle.etcdClient)).status).toBe(200);
    await expect(ask()).rejects.toThrow(/certificate required/);
    for (const pair of [bundle.admin, bundle.webhookClient, ofAnotherCluster.etcdClient]) {
      await expect(ask(pair)).rejects.toThrow(/unknown ca|bad certificate|unknown certificate/);
    }
  });

  it("tells its metrics and its health in the clear, and nothing else there", async () => {
    for (const key of cluster.keys) {
      const url = `http://${cluster.member(key).address}:2381`;
      expect((await answerOf(`${url}/metrics`)).body).toMatch(/^etcd_server_has_leader 1$/m);
      expect(await answerOf(`${url}/health`)).toEqual({
        status: 200,
        body: expect.stringContaining('"health":"true"'),
      });
      expect((await answerOf(`${url}/v3/kv/range`)).status).toBe(404);
      expect((await answerOf(`${url}/members`)).status).toBe(404);
    }
  });

  it(`loses none of ${WRITES} acknowledged writes when the leader dies in their midst`, async () => {
    const start = process.hrtime.bigint();
    const leader = await cluster.leader();
    writer = new EtcdWriter(
      cluster.keys.map((key) => cluster.client(key, { timeoutMs: 1500 })),
      PREFIX,
      WRITES,
    );
    await writer.reached(WRITES / 3);
    await leader.node.powerOff();
    const before = writer.acknowledged.size;
    await writer.ended;
    const seconds = Number((process.hrtime.bigint() - start) / 1_000_000n) / 1000;
    process.stderr.write(
      `  ${WRITES} writes in ${seconds} s, ${before} before the death; ${writer.failures} attempts failed\n`,
    );

    expect(before).toBeLessThan(WRITES);
    expect(writer.failures).toBeGreaterThan(0);
    expect(writer.acknowledged.size).toBe(WRITES);
    const others = cluster.keys.filter((key) => key !== leader.key);
    for (const key of others) {
      const entries = await cluster.client(key).entries(PREFIX);
      expect(writer.missingFrom(entries)).toEqual([]);
      expect(entries).toHaveLength(WRITES);
    }
    lost = leader;
  });

  it("takes the member back with its disk, which catches up", async () => {
    const before = await cluster.client(survivor()).members();
    await lost.boot();
    expect(await lost.prepareAgain()).toBe(`${lost.key} starts as existing: its data is there\n`);
    lost.launch();

    await expectEverythingOn(lost.key);
    expect(await cluster.client(lost.key).members()).toEqual(before);
  });

  it("takes a new member for one whose disk is empty, which catches up", async () => {
    const before = await cluster.client(survivor()).members();
    await lost.node.powerOff();
    lost = cluster.addMember(lost.key, { initialised: true });
    await lost.boot();
    expect(await lost.prepareAgain()).toMatch(
      new RegExp(
        `member \\w+ has lost its data: taking it out\n(.*\n)*${lost.key} starts as existing: a quorum answers\n$`,
      ),
    );
    // Whatever has made the unit start once more: what is decided stays so.
    const added = await cluster.client(survivor()).members();
    expect(await lost.prepareAgain()).toBe(`${lost.key} starts as existing: a quorum answers\n`);
    expect(await cluster.client(survivor()).members()).toEqual(added);
    lost.launch();

    await expectEverythingOn(lost.key);
    const after = await cluster.client(lost.key).members();
    expect(idOf(after, lost.key)).not.toBe(idOf(before, lost.key));
    const others = (members: readonly EtcdMemberEntry[]) => members.filter(({ name }) => name !== lost.key);
    expect(others(after)).toEqual(others(before));
    expect(after.map(({ name }) => name).sort()).toEqual(cluster.keys);
    const { code, stdout } = await healthOf(lost);
    expect([code, stdout.match(/ is healthy/g)?.length]).toEqual([0, 3]);
  });

  it("has a quorum with the new member, and without one an empty member waits for it unless there was never a cluster", async () => {
    const [gone = "", empty = ""] = cluster.keys.filter((key) => key !== lost.key);
    await cluster.member(empty).node.powerOff();
    const client = cluster.client(lost.key);
    await eventually(() => client.put("/kaas/after", "the quorum counts the new member"));
    await cluster.member(gone).node.powerOff();

    const decide = async (initialised: boolean) => {
      const member = cluster.addMember(empty, { initialised });
      await member.boot();
      const outcome = await member.prepare();
      const { code } = await member.node.attempt("test", ["-e", "/run/etcd/membership.env"]);
      await member.node.powerOff();
      return { ...outcome, decided: code === 0 };
    };
    expect(await decide(true)).toMatchObject({
      code: 1,
      decided: false,
      stderr: expect.stringContaining("the disk is empty and no quorum answers: waiting, since the cluster exists\n"),
    });
    expect(await decide(false)).toMatchObject({
      code: 0,
      decided: true,
      stdout: `${empty} starts as new: no quorum answers\n`,
    });
  });

  /** A member that was not lost. */
  const survivor = () => cluster.keys.find((key) => key !== lost.key) ?? "";

  /**
   * The member itself has all that was acknowledged, at its own word. Others write meanwhile, as Kubernetes does all the
   * time: etcd 3.6 counts what it has applied by entries of the log and not by a snapshot, so that in an idle cluster a
   * member that took a snapshot from the leader finds itself too far behind to announce itself.
   */
  async function expectEverythingOn(key: string): Promise<void> {
    const other = cluster.client(survivor());
    const client = cluster.client(key, { timeoutMs: 1000 });
    await eventually(async () => {
      await other.put("/kaas/meanwhile", key);
      expect(writer.missingFrom(await client.entries(PREFIX, "member"))).toEqual([]);
    });
  }
});

describe("an etcd cluster in the making", () => {
  let network: NodeNetwork;
  let cluster: EtcdCluster;

  beforeAll(async () => {
    network = await NodeNetwork.open(config.network.nodeCidr);
    cluster = await EtcdCluster.prepare(network, config);
  });
  afterAll(async () => {
    await network.close();
    await cluster.powerOff();
  });

  it("waits for a member that comes late, under the identity that it was given", async () => {
    const [late = "", ...early] = cluster.keys;
    await cluster.boot(early);
    await cluster.start(early);
    const before = await cluster.client("etcd-1").members();
    expect(before).toHaveLength(3);

    await cluster.boot([late]);
    expect(await cluster.start([late])).toEqual([`${late} starts as existing: a quorum answers\n`]);
    const after = await cluster.client(late).members();
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect((await healthOf(cluster.member(late))).code).toBe(0);
  });
});
