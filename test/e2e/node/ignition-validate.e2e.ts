import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { allNodes } from "../../../src/config/cluster-config.js";
import { type IgnitionDocument, resourceContents } from "../support/ignition.js";
import { KubernetesCluster } from "../support/kubernetes-cluster.js";
import { variantCluster, variantNames, type Variant } from "../support/kubernetes-variants.js";
import { type NodeHost } from "../support/node-host.js";
import { NodeNetwork } from "../support/node-network.js";

const GOLDENS = join(import.meta.dirname, "../../golden/user-data");
const prepare = (variant: Variant) => KubernetesCluster.prepare(variantCluster(variant));

/** The members of a role are told the same but for addresses; the first controller is told more than the others. */
const differentNodes = ({ config }: KubernetesCluster) =>
  allNodes(config).filter(({ role, ordinal }) => ordinal === 0 || (role === "controller" && ordinal === 1));

describe("Ignition's own validator", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kaas-ignition-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const validate = (name: string, document: IgnitionDocument) => {
    const file = join(folder, `${name}.ign`);
    writeFileSync(file, JSON.stringify(document));
    const { status, stdout } = spawnSync("ignition-validate", [file], { encoding: "utf8" });
    return { name, status, said: stdout };
  };
  const accepted = (name: string) => ({ name, status: 0, said: "" });

  it.each(variantNames)("accepts what every node is told: %s", async (variant) => {
    const cluster = await prepare(variant);
    for (const node of differentNodes(cluster)) {
      const documents = cluster.documents(node);
      expect(documents).toHaveLength(3);
      for (const document of documents) expect(validate(node.key, document)).toEqual(accepted(node.key));
    }
  });

  it("accepts every golden document", () => {
    const goldens = readdirSync(GOLDENS).filter((name) => name.endsWith(".ign"));
    expect(goldens).toContain("controller-first.public.ign");
    for (const name of goldens) {
      const document = JSON.parse(readFileSync(join(GOLDENS, name), "utf8")) as IgnitionDocument;
      expect(validate(name, document)).toEqual(accepted(name));
    }
  });

  it("refuses a path that is none", () => {
    const files = [{ path: "etc/motd", contents: { source: "data:,text" } }];
    const { status, said } = validate("broken", { ignition: { version: "3.3.0" }, storage: { files } });
    expect(status).toBe(1);
    expect(said).toContain("path not absolute");
  });
});

/** What Flatcar and the Kubernetes extension have and this machine need not. */
const UNIT = "[Service]\nExecStart=/usr/bin/true\n";
const PROGRAMS = ["/usr/bin/docker", "/usr/bin/kubelet"];
const UNITS = ["containerd.service", "docker.service"];

describe.each<Variant>(["etcd on nodes of its own", "stacked etcd"])("on nodes with %s", (variant) => {
  let network: NodeNetwork;
  let folder: string;
  let nodes: readonly { readonly host: NodeHost; readonly documents: readonly IgnitionDocument[] }[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "kaas-units-"));
    const unit = join(folder, "flatcar.service");
    writeFileSync(unit, UNIT);
    const programs = Object.fromEntries([
      ...PROGRAMS.map((path) => [path, "/usr/bin/true"] as const),
      ...UNITS.map((name) => [`/usr/lib/systemd/system/${name}`, unit] as const),
    ]);
    const cluster = await prepare(variant);
    network = await NodeNetwork.open(cluster.config.network.nodeCidr);
    nodes = differentNodes(cluster).map((node) => ({
      host: cluster.addNode(network, node, { programs }),
      documents: cluster.documents(node),
    }));
    for (const { host } of nodes) await host.boot();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await network.close();
  });

  it("shellcheck finds nothing in any script, and every variable that it takes from files of the node is there", async () => {
    const checked = new Set<string>();
    for (const { host, documents } of nodes) {
      const scripts = documents
        .flatMap(({ storage }) => storage?.files ?? [])
        .filter(({ contents = {} }) => resourceContents(contents)?.subarray(0, 2).toString() === "#!")
        .map(({ path }) => path);
      // Not every node has every file that a script may look for; it must not take a variable from one that it lacks.
      const options = ["--external-sources", "--exclude=SC1091", "--enable=check-unassigned-uppercase"];
      if (scripts.length > 0) await host.run("shellcheck", [...options, ...scripts]);
      for (const script of scripts) checked.add(script);
    }
    expect([...checked]).toEqual(expect.arrayContaining(["/opt/kaas/bin/join-cluster", "/opt/kaas/bin/etcdctl"]));
  });

  it("systemd understands every unit, and finds what it starts", async () => {
    for (const { host, documents } of nodes) {
      const units = documents
        .flatMap(({ systemd }) => systemd?.units ?? [])
        .filter(({ contents }) => contents !== undefined)
        .map(({ name }) => `/etc/systemd/system/${name}`);
      expect(units.length).toBeGreaterThan(2);
      expect((await host.attempt("systemd-analyze", ["verify", "--man=no", ...units])).stderr).toBe("");
    }
  });

  it("systemd would say what is wrong", async () => {
    for (const { host } of nodes.slice(0, 1)) {
      host.writeFile("/etc/systemd/system/broken.timer", "[Timer]\nOnCalendar=*-*-* 00/25:15:00 UTC\n");
      host.writeFile("/etc/systemd/system/broken.service", "[Service]\nType=oneshot\nExecStart=/no/such/program\n");
      const { stderr } = await host.attempt("systemd-analyze", [
        "verify",
        "--man=no",
        "broken.timer",
        "broken.service",
      ]);
      expect(stderr).toContain("Failed to parse calendar specification");
      expect(stderr).toContain("/no/such/program is not executable");
    }
  });
});
