import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openStackCluster } from "../../support/clusters.js";
import { EtcdCluster } from "../support/etcd-cluster.js";
import { NodeNetwork } from "../support/node-network.js";

const config = openStackCluster({ etcd: { count: 3 } });
const PREFIX = "/kaas/large/";
const LARGE = "x".repeat(128 * 1024);

describe("the jobs of etcd members", () => {
  let network: NodeNetwork;
  let cluster: EtcdCluster;

  beforeAll(async () => {
    network = await NodeNetwork.open(config.network.nodeCidr);
    cluster = await EtcdCluster.prepare(network, config);
    await cluster.boot();
    await cluster.start();
  });
  afterAll(async () => {
    await network.close();
    await cluster.powerOff();
  });

  const defragment = (key: string) => cluster.member(key).unit("kaas-etcd-defragment.service").run();
  /** Size of the database of each member. */
  const sizes = async () =>
    Object.fromEntries(
      await Promise.all(cluster.keys.map(async (key) => [key, (await cluster.client(key).status()).dbBytes] as const)),
    );

  it("give back the space of what was deleted, each that of its own member", async () => {
    const client = cluster.client("etcd-0");
    for (let number = 0; number < 100; number += 1) await client.put(`${PREFIX}${number}`, LARGE);
    await client.put("/kaas/kept", "kept");
    await client.deleteAll(PREFIX);
    // As the API server does every five minutes: what is not compacted cannot be given back.
    await client.compact();
    const before = await sizes();

    expect(await defragment("etcd-0")).toMatchObject({ code: 0, stdout: expect.stringContaining("Finished defrag") });
    const after = await sizes();
    expect(before["etcd-0"]).toBeGreaterThan(100 * LARGE.length);
    expect(after["etcd-0"]).toBeLessThan(LARGE.length * 10);
    expect([after["etcd-1"], after["etcd-2"]]).toEqual([before["etcd-1"], before["etcd-2"]]);

    for (const key of ["etcd-1", "etcd-2"]) expect((await defragment(key)).code).toBe(0);
    for (const size of Object.values(await sizes())) expect(size).toBeLessThan(LARGE.length * 10);
    expect(await client.entries("/kaas/")).toMatchObject([{ key: "/kaas/kept", value: "kept" }]);
  });

  it("defragment no member while another is down", async () => {
    await cluster.member("etcd-2").node.powerOff();
    const { code, stderr } = await defragment("etcd-0");
    expect(code).toBe(1);
    expect(stderr).toContain("https://10.0.0.18:2379 is unhealthy");
    expect(stderr).toMatch(/a member is unhealthy: not now\n$/);
    expect(stderr).not.toContain("defrag");
  });

  const systemd = "/usr/bin/systemd-analyze";
  const elapses = async (key: string, timer: string, iterations: number) => {
    const { node } = cluster.member(key);
    const [calendar = ""] = cluster.member(key).unit(timer).values("OnCalendar");
    const since = ["--base-time=2026-11-22 00:00:00 UTC", `--iterations=${iterations}`];
    const text = await node.run(systemd, ["calendar", ...since, calendar], { environment: { TZ: "UTC" } });
    return [...text.matchAll(/(?:elapse|Iter(?:ation|\.) #\d+): (.*) UTC$/gm)].map(([, time]) => time);
  };

  it("begin when systemd reads that they shall", async () => {
    for (const key of cluster.keys.slice(0, 2)) {
      expect(await elapses(key, "kaas-etcd-snapshot.timer", 4)).toEqual([
        "Sun 2026-11-22 00:15:00",
        "Sun 2026-11-22 08:15:00",
        "Sun 2026-11-22 16:15:00",
        "Mon 2026-11-23 00:15:00",
      ]);
    }
    expect(await elapses("etcd-0", "kaas-etcd-defragment.timer", 2)).toEqual([
      "Mon 2026-11-23 02:30:00",
      "Mon 2026-11-30 02:30:00",
    ]);
    expect(await elapses("etcd-1", "kaas-etcd-defragment.timer", 1)).toEqual(["Tue 2026-11-24 02:30:00"]);
  });

  it("are units that systemd understands, like the others of a member", async () => {
    const { node } = cluster.member("etcd-0");
    // What Flatcar has of its own.
    node.writeFile("/etc/systemd/system/docker.service", "[Service]\nExecStart=/usr/bin/docker\n");
    const units = (await node.run("bash", ["-c", "ls /etc/systemd/system/kaas-*"])).trim().split("\n");
    expect(units.length).toBeGreaterThan(5);
    const outcome = await node.attempt(systemd, ["verify", "--man=no", ...units]);
    expect(outcome).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});
