import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { eventually } from "../support/eventually.js";
import { type NodeHost } from "../support/node-host.js";
import { NodeNetwork } from "../support/node-network.js";

const CIDR = "10.0.0.0/22";
const knockAt = (address: string, port: number): [string, string[]] => [
  "bash",
  ["-c", `: </dev/tcp/${address}/${port}`],
];
const runningHere = () => execFileSync("ps", ["-eo", "args"]).toString();

describe("nodes in namespaces", () => {
  let network: NodeNetwork;
  let first: NodeHost;
  let second: NodeHost;

  beforeAll(async () => {
    network = await NodeNetwork.open(CIDR);
    const programs = { "/usr/bin/of-the-extension": "/bin/echo", "/opt/bin/of-opt": "/bin/echo" };
    first = network.addNode({ name: "first", address: "10.0.0.10", programs });
    second = network.addNode({ name: "second", address: "10.0.3.11" });
    await Promise.all([first.boot(), second.boot()]);
  });
  afterAll(() => network.close());

  it("reach each other, and are reached, at their own addresses", async () => {
    const anonymous = ["-nocert", "-cipher", "aNULL:@SECLEVEL=0", "-tls1_2", "-www"];
    const server = second.start(
      "openssl",
      ["s_server", "-accept", "10.0.3.11:6443", ...anonymous],
      "/var/log/server.log",
    );
    const knock = knockAt("10.0.3.11", 6443);
    await eventually(() => first.run(...knock));
    execFileSync(...knock);
    expect(await first.run("ip", ["-brief", "-4", "address", "show", "eth0"])).toContain("10.0.0.10/22");

    await server.stop();
    expect(server.isRunning).toBe(false);
    expect((await first.attempt(...knock)).stderr).toContain("refused");
    expect(second.readFile("/var/log/server.log")).toContain("ACCEPT");
  });

  it("reach this machine at the gateway's address", async () => {
    expect(network.gateway).toBe("10.0.0.1");
    expect(await first.run("ip", ["route", "get", "192.0.2.1"])).toContain("via 10.0.0.1 dev eth0");
    expect((await first.attempt(...knockAt(network.gateway, 1))).stderr).toContain("refused");
  });

  it("have a host name, a root and processes of their own", async () => {
    second.writeFile("/etc/kubernetes/pki/kaas-e2e.key", "key\n", 0o600);

    expect(await second.run("stat", ["-c", "%a %U", "/etc/kubernetes/pki/kaas-e2e.key"])).toBe("600 root\n");
    expect(existsSync("/etc/kubernetes/pki/kaas-e2e.key")).toBe(false);
    expect((await first.attempt("cat", ["/etc/kubernetes/pki/kaas-e2e.key"])).code).toBe(1);
    expect(await first.run("uname", ["-n"])).toBe("first\n");
    expect(await first.run("cat", ["/proc/1/comm"])).toBe("sleep\n");
  });

  it("find programs where the product expects them, and cannot change them", async () => {
    for (const program of ["/usr/bin/of-the-extension", "/opt/bin/of-opt"]) {
      expect(await first.run(program, ["here"])).toBe("here\n");
      expect((await first.attempt("bash", ["-c", `echo >${program}`])).stderr).toContain("Read-only file system");
      expect((await second.attempt(program)).code).toBe(127);
    }
    expect(
      await first.run("bash", ["-c", "jq -n 1; awk 'BEGIN { print 2 }'; curl --version | cut -c -4 | head -n 1"]),
    ).toBe("1\n2\ncurl\n");
  });

  it("say what failed, and end what takes too long", async () => {
    await expect(first.run("bash", ["-c", "echo why >&2; exit 3"])).rejects.toThrow(
      /first: bash .* ended with 3\n\nwhy/,
    );
    await expect(first.run("sleep", ["1000"], { timeoutSeconds: 0.5 })).rejects.toThrow("sleep took more than 0.5 s");
    expect(await first.run("cat", [], { input: "by standard input" })).toBe("by standard input");
  });

  it("lose their programs and keep their disk when the power goes", async () => {
    const program = second.start("sleep", ["987654"], "/var/log/sleep.log");
    await eventually(() => second.run("pgrep", ["-f", "987654"]));
    second.writeFile("/var/lib/etcd/member", "data");
    second.writeFile("/run/lock", "gone by the next boot");
    await second.powerOff();

    expect(await program.ended).not.toBe(0);
    expect(runningHere()).not.toContain("987654");
    await expect(first.run(...knockAt(second.address, 1), { timeoutSeconds: 1 })).rejects.toThrow("more than 1 s");
    await second.boot();
    expect(await second.run("cat", ["/var/lib/etcd/member"])).toBe("data");
    expect(await second.run("ls", ["/run"])).toBe("");
  });

  it("refuse a network that this machine is part of", async () => {
    await expect(NodeNetwork.open("10.0.2.0/24")).rejects.toThrow("10.0.2.0/24 is in use on this machine: 10.0.0.0/22");
    expect(await first.run("uname", ["-n"])).toBe("first\n");
  });
});

describe("a network of nodes that is closed", () => {
  const traces = () => ({
    interfaces: readdirSync("/sys/class/net").sort(),
    mounts: readFileSync("/proc/self/mounts", "utf8"),
    routes: readFileSync("/proc/net/route", "utf8"),
  });

  it("leaves nothing behind, of whatever still ran in it and of a node that did not boot", async () => {
    const before = traces();
    const network = await NodeNetwork.open(CIDR);
    const node = network.addNode({ name: "node", address: "10.0.0.10" });
    const broken = network.addNode({
      name: "broken",
      address: "10.0.0.11",
      programs: { "/opt/bin/etcd": "/no/such/program" },
    });
    await expect(broken.boot()).rejects.toThrow("/no/such/program");
    await node.boot();
    node.start("bash", ["-c", "setsid sleep 987655 & sleep 987655"], "/var/log/sleep.log");
    await eventually(() => node.run("bash", ["-c", "test $(pgrep -cx sleep) -ge 3"]));
    await network.close();

    expect(traces()).toEqual(before);
    expect(runningHere()).not.toContain("987655");
    expect(existsSync(node.root)).toBe(false);
  });
});
