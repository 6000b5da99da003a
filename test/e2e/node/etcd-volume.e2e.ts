import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { openStackCluster } from "../../support/clusters.js";
import { EtcdCluster } from "../support/etcd-cluster.js";
import { type EtcdMember } from "../support/etcd-member.js";
import { diskLinks, type EtcdVolume } from "../support/etcd-volume.js";
import { eventually } from "../support/eventually.js";
import { type Outcome } from "../support/node-host.js";
import { NodeNetwork } from "../support/node-network.js";

const config = openStackCluster({ etcd: { count: 1 } });
const digest = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");

describe("the volume of an etcd member", () => {
  let network: NodeNetwork;
  let cluster: EtcdCluster;

  beforeAll(async () => {
    network = await NodeNetwork.open(config.network.nodeCidr);
    cluster = await EtcdCluster.prepare(network, config);
  });
  afterEach(() => cluster.powerOff());
  afterAll(() => network.close());

  /** What the unit does with a disk. */
  const mount = (member: EtcdMember): Promise<Outcome> =>
    member.unit("kaas-etcd-volume.service").run({ environment: { KAAS_VOLUME_POLL_SECONDS: "0.1" } });
  const withVolume = async (volume?: EtcdVolume) => {
    const member = cluster.addMember("etcd-0", volume && { volume });
    await member.node.boot();
    await member.volume.attach(member.node);
    return member;
  };

  it.each(Object.keys(diskLinks) as (keyof typeof diskLinks)[])(
    "is waited for until the server has it as a disk of %s, and gets a file system when it is empty",
    async (link) => {
      const member = cluster.addMember("etcd-0");
      const { node, volume } = member;
      await node.boot();
      const waiting = mount(member);
      // Its own words go to the journal as it writes them; here the loop shows that it waits.
      await eventually(() => node.run("pgrep", ["-f", "/opt/kaas/bin/etcd-volume"]));
      expect((await node.attempt("mountpoint", ["--quiet", "/var/lib/etcd"])).code).not.toBe(0);
      await volume.attach(node, link);

      const { code, stdout } = await waiting;
      expect(code).toBe(0);
      expect(stdout).toContain(`waiting for volume ${volume.id} to be attached`);
      expect(stdout).toContain("is empty: making a file system");
      expect(await node.run("findmnt", ["--noheadings", "--output", "SOURCE,FSTYPE", "/var/lib/etcd"])).toMatch(
        /^\/dev\/vdb\s+ext4$/m,
      );
      expect(await node.run("stat", ["--format", "%a %U", "/var/lib/etcd/data"])).toBe("700 root\n");
    },
  );

  it("keeps its data when the unit runs again, and when the server is another", async () => {
    const first = await withVolume();
    expect((await mount(first)).code).toBe(0);
    await first.node.run("bash", ["-c", "echo data >/var/lib/etcd/data/kept"]);
    expect(await mount(first)).toEqual({ code: 0, stdout: "", stderr: "" });
    await first.node.powerOff();

    const second = await withVolume(first.volume);
    const { code, stdout } = await mount(second);
    expect(code).toBe(0);
    expect(stdout).not.toContain("making a file system");
    expect(await second.node.run("cat", ["/var/lib/etcd/data/kept"])).toBe("data\n");
  });

  it("serves as it is when it has grown and its file system does not", async () => {
    const first = await withVolume();
    expect((await mount(first)).code).toBe(0);
    await first.node.powerOff();

    first.volume.resize(512);
    const second = await withVolume(first.volume);
    // The kernel lets nobody grow a mounted file system without this capability.
    const command = ["--bounding-set", "-sys_resource", "/opt/kaas/bin/etcd-volume"];
    const { code, stderr } = await second.node.attempt("setpriv", command);
    expect(code).toBe(0);
    expect(stderr).toContain(`volume ${first.volume.id} has grown, and its file system has not`);
    await second.node.run("touch", ["/var/lib/etcd/data/new"]);
  });

  /** What stands on the disk, by a script of bash that writes it to a file. */
  const foreign: Readonly<Record<string, string>> = {
    "an older ext": 'mkfs.ext2 -q "$1"',
    "another file system": 'mkfs.minix "$1"',
    "a swap space": 'chmod 600 "$1"; mkswap --quiet "$1"',
    "an encrypted container": `printf 'LUKS\\xba\\xbe\\x00\\x01' | dd of="$1" conv=notrunc status=none`,
    "a partition table": `{
      head -c 446 /dev/zero
      printf '\\x80\\x20\\x21\\x00\\x83\\x00\\x00\\x00\\x00\\x08\\x00\\x00\\x00\\x00\\x01\\x00'
      head -c 48 /dev/zero
      printf '\\x55\\xaa'
    } | dd of="$1" conv=notrunc status=none`,
    "two file systems at once":
      'mkfs.ext4 -q "$1"; printf _BHRfS_M | dd of="$1" bs=1 seek=65600 conv=notrunc status=none',
  };

  it.each(Object.entries(foreign))("is refused and left as it is when it holds %s", async (_what, make) => {
    const member = cluster.addMember("etcd-0");
    member.volume.resize(64);
    execFileSync("bash", ["-euc", make, "bash", member.volume.file], { stdio: "pipe" });
    const before = digest(member.volume.file);
    await member.node.boot();
    await member.volume.attach(member.node);

    const { code, stdout, stderr } = await mount(member);
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/holds '.+', not ext4: left as it is/);
    expect((await member.node.attempt("mountpoint", ["--quiet", "/var/lib/etcd"])).code).not.toBe(0);
    await cluster.powerOff();
    await member.volume.detached();
    expect(digest(member.volume.file)).toBe(before);
  });
});
