import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { decodeUserData, type IgnitionDocument, type IgnitionResource } from "../support/ignition.js";
import { writeIgnition } from "../support/ignition-root.js";
import { runCommand } from "../support/process.js";

const base64 = (bytes: Buffer | string) => `data:;base64,${Buffer.from(bytes).toString("base64")}`;
const gzipped = (text: string): IgnitionResource => ({ source: base64(gzipSync(text)), compression: "gzip" });
const version = "3.3.0";

const publicPart: IgnitionDocument = {
  ignition: { version },
  storage: {
    directories: [{ path: "/var/lib/etcd", mode: 0o700 }],
    files: [
      { path: "/etc/hostname", mode: 0o644, overwrite: true, contents: { source: "data:,etcd-0%0A" } },
      { path: "/etc/motd", contents: gzipped("inflated\n"), append: [{ source: "data:,one%0A" }] },
      {
        path: "/opt/extensions/kubernetes.raw",
        contents: { source: "https://example.com/kubernetes.raw", verification: { hash: `sha512-${"0".repeat(128)}` } },
      },
    ],
    links: [{ path: "/etc/extensions/kubernetes.raw", target: "/opt/extensions/kubernetes.raw" }],
  },
  systemd: {
    units: [
      { name: "locksmithd.service", mask: true },
      { name: "etcd.service", enabled: true, contents: "[Service]\nExecStart=/opt/bin/etcd\n" },
      { name: "containerd.service", dropins: [{ name: "10-mirror.conf", contents: "[Service]\nRestart=always\n" }] },
    ],
  },
};
const secretPart: IgnitionDocument = {
  ignition: { version },
  storage: {
    files: [
      { path: "/etc/ssl/etcd/peer.key", mode: 0o400, contents: { source: base64("key") } },
      { path: "/etc/motd", append: [{ source: "data:,two%0A" }] },
    ],
  },
};
const userData = JSON.stringify({
  ignition: {
    version,
    config: { merge: [gzipped(JSON.stringify(publicPart)), { source: base64(JSON.stringify(secretPart)) }] },
  },
});

describe("Ignition laid down in a folder", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "kaas-ignition-"));
    mkdirSync(join(root, "etc"));
    writeFileSync(join(root, "etc/hostname"), "before\n");
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  const read = (path: string) => readFileSync(join(root, path), "utf8");
  const modeOf = (path: string) => (statSync(join(root, path)).mode & 0o7777).toString(8);
  const files = (...entries: NonNullable<NonNullable<IgnitionDocument["storage"]>["files"]>): IgnitionDocument[] => [
    { ignition: { version }, storage: { files: entries } },
  ];

  it("is made of documents that Ignition itself accepts", async () => {
    for (const document of decodeUserData(userData)) {
      const file = join(root, "document.ign");
      writeFileSync(file, JSON.stringify(document));
      await runCommand("ignition-validate", "ignition-validate", [file], { cwd: root, environment: {} });
    }
  });

  it("looks like the root of a node that Nova gave its user-data", () => {
    const documents = decodeUserData(Buffer.from(userData).toString("base64"));
    const { enabledUnits, remoteSources } = writeIgnition(documents, root);

    expect(documents.slice(1)).toEqual([publicPart, secretPart]);
    expect(read("etc/hostname")).toBe("etcd-0\n");
    expect(read("etc/motd")).toBe("inflated\none\ntwo\n");
    expect(read("etc/ssl/etcd/peer.key")).toBe("key");
    expect(modeOf("etc/ssl/etcd/peer.key")).toBe("400");
    expect(modeOf("etc/motd")).toBe("644");
    expect(modeOf("var/lib/etcd")).toBe("700");
    expect(readlinkSync(join(root, "etc/extensions/kubernetes.raw"))).toBe("/opt/extensions/kubernetes.raw");
    expect(enabledUnits).toEqual(["etcd.service"]);
    expect(read("etc/systemd/system/etcd.service")).toContain("ExecStart=/opt/bin/etcd");
    expect(read("etc/systemd/system/containerd.service.d/10-mirror.conf")).toContain("Restart=always");
    expect(readlinkSync(join(root, "etc/systemd/system/locksmithd.service"))).toBe("/dev/null");
    expect(remoteSources).toEqual([
      { path: "/opt/extensions/kubernetes.raw", resource: publicPart.storage?.files?.[2]?.contents },
    ]);
    expect(lstatSync(join(root, "opt/extensions/kubernetes.raw"), { throwIfNoEntry: false })).toBeUndefined();
  });

  it("fails when a file is there and overwriting it was not asked for", () => {
    const change = { path: "/etc/hostname", contents: { source: "data:,after" } };
    expect(() => writeIgnition(files(change), root)).toThrow("/etc/hostname is there, and not to be overwritten");
    expect(read("etc/hostname")).toBe("before\n");
  });

  it("fails when contents are not those of their hash", () => {
    const contents = { source: "data:,text", verification: { hash: `sha256-${"0".repeat(64)}` } };
    expect(() => writeIgnition(files({ path: "/etc/text", contents }), root)).toThrow(/contents have sha256 982d9e3e/);
  });

  it("fails when a file is to belong to nobody that the node knows", () => {
    writeFileSync(join(root, "etc/passwd"), "etcd:x:232:232::/:/bin/false\n");
    const contents = { source: "data:,text" };
    writeIgnition(files({ path: "/etc/text", user: { name: "etcd" }, contents }), root);

    expect(statSync(join(root, "etc/text")).uid).toBe(232);
    expect(() => writeIgnition(files({ path: "/etc/other", user: { name: "alice" }, contents }), root)).toThrow(
      "/etc/other is to belong to alice, whom the node's /etc/passwd lacks",
    );
  });

  it("never leaves the folder, whatever a link on the way says", () => {
    const outside = mkdtempSync(join(tmpdir(), "kaas-outside-"));
    const document: IgnitionDocument = {
      ignition: { version },
      storage: {
        links: [{ path: "/link", target: outside }],
        files: [{ path: "/link/file", contents: { source: "data:,text" } }],
      },
    };
    try {
      writeIgnition([document], root);
      expect(lstatSync(join(outside, "file"), { throwIfNoEntry: false })).toBeUndefined();
      expect(read(`${outside}/file`)).toBe("text");
    } finally {
      rmSync(outside, { recursive: true });
    }
  });
});
