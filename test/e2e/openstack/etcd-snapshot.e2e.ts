import { createHash, randomBytes } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { OpenStackClusterConfig } from "../../../src/config/cluster-config.js";
import { openStackCluster } from "../../support/clusters.js";
import { CloudBalancer } from "../support/etcd-cloud-balancer.js";
import { type EtcdEntry } from "../support/etcd-client.js";
import { EtcdCluster } from "../support/etcd-cluster.js";
import { type EtcdMember } from "../support/etcd-member.js";
import { EtcdObjectStore } from "../support/etcd-object-store.js";
import { eventually } from "../support/eventually.js";
import { NodeNetwork } from "../support/node-network.js";
import { OpenStackLab } from "../support/openstack-lab.js";

const RETENTION_DAYS = 7;
const base = openStackCluster({ etcd: { count: 3 }, services: { backup: { retentionDays: RETENTION_DAYS } } });
const snapshot = (member: EtcdMember) => member.unit("kaas-etcd-snapshot.service").run({ timeoutSeconds: 120 });
/** What lies on the volume beside the data. */
const besides = async ({ node }: EtcdMember) =>
  (await node.run("ls", ["/var/lib/etcd"])).split("\n").filter((name) => !["", "data", "lost+found"].includes(name));

describe("the snapshot job of etcd members, with the cloud's own Keystone and Swift", () => {
  let store: EtcdObjectStore;
  let network: NodeNetwork;
  let balancer: CloudBalancer;
  let cluster: EtcdCluster;
  let config: OpenStackClusterConfig;
  let entries: readonly EtcdEntry[];
  let stored: string;

  const undo: (() => unknown)[] = [];

  beforeAll(async () => {
    store = await EtcdObjectStore.create(new OpenStackLab(), `${base.name}-etcd-backups`);
    undo.push(() => store.remove());
    network = await NodeNetwork.open(base.network.nodeCidr);
    undo.push(() => network.close());
    balancer = await CloudBalancer.open(network.gateway);
    undo.push(() => {
      balancer.close();
    });
    config = { ...base, provider: { ...base.provider, caCertificate: balancer.caCertificate } };
    const objectStore = {
      ...store.access,
      authUrl: await balancer.publish(store.access.authUrl),
      url: await balancer.publish(store.access.url),
    };
    cluster = await EtcdCluster.prepare(network, config, { objectStore });
    undo.push(() => cluster.powerOff());
    await cluster.boot();
    await cluster.start();

    const client = cluster.client("etcd-0");
    for (let number = 0; number < 500; number += 1) await client.put(`/kaas/${number % 400}`, `${number}`);
    await client.put("/kaas/large", randomBytes(500_000).toString("base64"));
    await client.deleteAll("/kaas/39");
    entries = await client.entries("/");
  });
  afterAll(async () => {
    for (const step of undo.reverse()) await step();
  });

  it("stores one snapshot in the cluster's container, whichever member the leader is", async () => {
    const leader = await cluster.leader();
    const outcomes = await Promise.all(cluster.keys.map((key) => snapshot(cluster.member(key))));
    const names = await store.list();
    stored = names[0] ?? "";

    expect(names).toEqual([expect.stringMatching(/^demo-\d{4}-\d\d-\d\dT\d{6}Z\.db\.gz$/)]);
    cluster.keys.forEach((key, index) => {
      expect(outcomes[index]).toMatchObject({
        code: 0,
        stdout:
          key === leader.key
            ? expect.stringContaining(`\nstored demo-etcd-backups/${stored}, `)
            : "not the leader: the leader stores the snapshot\n",
      });
    });
    for (const key of cluster.keys) expect(await besides(cluster.member(key))).toEqual([]);
  });

  it("gives the store its digest, and the time of its end", async () => {
    const { headers, body } = await store.download(stored);
    expect(headers.get("etag")).toBe(createHash("md5").update(body).digest("hex"));
    expect(headers.get("content-type")).toBe("application/gzip");
    const lifetime = Number(headers.get("x-delete-at")) - Math.floor(Number(headers.get("x-timestamp")));
    // Swift counts from when the request began.
    expect(Math.abs(lifetime - RETENTION_DAYS * 24 * 60 * 60)).toBeLessThan(5);
  });

  it("leaves nothing of a snapshot that was cut short", async () => {
    const leader = await cluster.leader();
    balancer.holds = true;
    const cutShort = snapshot(leader);
    await eventually(() => leader.node.run("bash", ["-c", "ls /var/lib/etcd/snapshot.*/snapshot.db.gz"]));
    await leader.node.powerOff();
    balancer.holds = false;
    expect((await cutShort).code).not.toBe(0);

    await leader.boot();
    expect(await besides(leader)).toEqual([expect.stringMatching(/^snapshot\./)]);
    await cluster.start([leader.key]);
    expect((await snapshot(leader)).code).toBe(0);
    expect(await besides(leader)).toEqual([]);
  });

  it("fails with a credential that is refused, and tells no secret", async () => {
    const { credentialId, credentialSecret } = store.access;
    const before = await store.list();
    const leader = await cluster.leader();
    const file = "/etc/kaas/object-store.env";
    const right = leader.node.readFile(file);
    const wrong = right.replace(credentialSecret, "not-the-secret-of-anybody");
    leader.node.writeFile(file, wrong);
    const { code, stdout, stderr } = await snapshot(leader);
    leader.node.writeFile(file, right);

    expect(code).not.toBe(0);
    expect(stderr).toContain("401");
    for (const secret of ["not-the-secret", credentialSecret, credentialId])
      expect(stdout + stderr).not.toContain(secret);
    expect(await besides(leader)).toEqual([]);
    expect(await store.list()).toEqual(before);
  });

  it("makes snapshots of which a new cluster has the same data", async () => {
    await cluster.powerOff();
    const { body } = await store.download(stored);
    const one: OpenStackClusterConfig = { ...config, etcd: openStackCluster({ etcd: { count: 1 } }).etcd };
    const restored = await EtcdCluster.prepare(network, one);
    await restored.boot();
    const member = restored.member("etcd-0");
    const { settings } = member;
    member.node.writeFile("/root/snapshot.db", gunzipSync(body));
    // Where etcdutl sees it.
    await member.node.run("mv", ["/root/snapshot.db", "/var/lib/etcd/"]);
    await member.node.run("/opt/kaas/bin/etcdutl", [
      ...["snapshot", "restore", "/var/lib/etcd/snapshot.db", "--data-dir", settings["ETCD_DATA_DIR"] ?? ""],
      ...["--name", settings["ETCD_NAME"] ?? "", "--initial-cluster", settings["ETCD_INITIAL_CLUSTER"] ?? ""],
      ...["--initial-cluster-token", settings["ETCD_INITIAL_CLUSTER_TOKEN"] ?? ""],
      ...["--initial-advertise-peer-urls", settings["ETCD_INITIAL_ADVERTISE_PEER_URLS"] ?? ""],
    ]);

    expect(await restored.start()).toEqual(["etcd-0 starts as existing: its data is there\n"]);
    expect(entries.length).toBeGreaterThan(350);
    expect(await restored.client("etcd-0").entries("/")).toEqual(entries);
    await restored.powerOff();
  });
});
