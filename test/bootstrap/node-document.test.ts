import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { ownDocument } from "../../src/bootstrap/node-document.js";
import { catalogue } from "../../src/versions/catalogue.js";
import { resourceContents } from "../e2e/support/ignition.js";
import { documentOf, sharedDocumentOf } from "../support/node-user-data.js";
import { cluster, nodeOf } from "./support/bootstrap-cluster.js";
import { variantOf, variants } from "./support/variants.js";

type Changes = Readonly<Record<string, unknown>>;

function nodeFiles(key: string, changes: Changes = {}): ReadonlyMap<string, string> {
  const config = cluster(changes);
  const { storage = {} } = documentOf(config, nodeOf(config, key));
  return new Map(
    (storage.files ?? []).map(({ path, contents }) => [path, resourceContents(contents)?.toString() ?? ""]),
  );
}

function unitsOf(key: string, changes: Changes = {}) {
  const config = cluster(changes);
  return new Map((documentOf(config, nodeOf(config, key)).systemd?.units ?? []).map((unit) => [unit.name, unit]));
}

const allVariants = variants.map((variant) => [variant.name, variant] as const);

describe("every node", () => {
  it.each(allVariants)(
    "is told nothing twice, by what it shares and what is its own: %s",
    (_name, { config, node }) => {
      const { storage = {}, systemd } = documentOf(config, node);
      const claimed = [
        ...[...(storage.files ?? []), ...(storage.links ?? []), ...(storage.directories ?? [])].map(({ path }) => path),
        ...(systemd?.units ?? []).map(({ name }) => name),
      ];
      expect(claimed.filter((name, index) => claimed.indexOf(name) !== index)).toEqual([]);
    },
  );

  it.each(allVariants)("shares what is no single node's with its neighbours: %s", (_name, { config, node }) => {
    const shared = JSON.stringify(sharedDocumentOf(config, node));
    expect(shared).not.toContain(node.serverName);
    expect(JSON.stringify(ownDocument(config, node))).toContain(node.serverName);
  });

  it.each(allVariants)("fetches updates, and reboots for none by itself: %s", (_name, { config, node }) => {
    expect(documentOf(config, node).systemd?.units).toEqual(
      expect.arrayContaining([
        { name: "update-engine.service", enabled: true },
        { name: "locksmithd.service", mask: true },
      ]),
    );
  });

  it("lets in the keys of the configuration as the user core, and has no such user without", () => {
    const key = `ssh-ed25519 ${"A".repeat(68)} operator@example.com`;
    const config = cluster({ access: { sshKeys: [key] } });
    expect(documentOf(config, nodeOf(config, "worker-0")).passwd).toEqual({
      users: [{ name: "core", sshAuthorizedKeys: [key] }],
    });
    const without = cluster();
    expect(documentOf(without, nodeOf(without, "worker-0"))).not.toHaveProperty("passwd");
  });

  it.each(["etcd-0", "controller-0", "worker-0"])("trusts the cloud's own authority where it has one: %s", (key) => {
    const trusted = { provider: { caCertificate: { file: "ca.pem" } } };
    expect(nodeFiles(key, trusted).has("/etc/kaas/cloud-ca.pem")).toBe(true);
    expect(nodeFiles(key).has("/etc/kaas/cloud-ca.pem")).toBe(false);
  });
});

describe("a node of Kubernetes", () => {
  it("takes the kubelet from an image of that version, if it is the one that was verified", () => {
    const { config, node } = variantOf("controller-first");
    const { storage = {} } = documentOf(config, node);
    expect(storage.files?.find(({ path }) => path.endsWith("/kubernetes.raw"))?.contents).toEqual({
      source: `${catalogue.flatcar.extensions}/kubernetes-v${config.kubernetes}-x86-64.raw`,
      verification: { hash: `sha256-${config.kubernetesExtension.sha256}` },
    });
    expect(storage.links).toContainEqual({
      path: "/etc/extensions/kubernetes.raw",
      target: "/opt/extensions/kubernetes/kubernetes.raw",
      hard: false,
      overwrite: true,
    });
  });

  it("of development may take one that nobody verified, and then claims no hash", () => {
    const config = cluster({
      cluster: { profile: "development" },
      nodes: { kubernetesExtension: { url: "https://example.com/k.raw", sha256: undefined } },
    });
    const { storage = {} } = documentOf(config, nodeOf(config, "worker-0"));
    expect(storage.files?.find(({ path }) => path.endsWith("/kubernetes.raw"))?.contents).toEqual({
      source: "https://example.com/k.raw",
    });
  });

  it.each(["controller-0", "worker-0"])("keeps pods from the metadata service before any pod runs: %s", (key) => {
    const unit = unitsOf(key).get("kaas-metadata-firewall.service");
    expect(unit?.enabled).toBe(true);
    expect(unit?.contents).toMatch(/^Before=.*\bkubelet\.service\b/m);
    expect(unit?.contents).toMatch(/^RequiredBy=kubelet\.service$/m);
    const rules = nodeFiles(key).get("/etc/kaas/metadata.nft");
    expect(rules).toContain("ip daddr 169.254.169.254 counter drop");
    expect(rules).toContain("hook prerouting");
  });

  it("joins until it has joined, and starts its kubelet when it has been told how", () => {
    const units = unitsOf("worker-0");
    expect(units.get("kaas-join.service")?.contents).toMatch(/^ConditionPathExists=!\/var\/lib\/kaas\/joined$/m);
    expect(units.get("kaas-join.service")?.contents).toMatch(/^Restart=on-failure$/m);
    expect(units.get("kubelet.service")?.contents).toMatch(/^ConditionPathExists=\/var\/lib\/kubelet\/config\.yaml$/m);
  });

  it("has the API's name in its hosts file only where nobody else tells it", () => {
    const rhosp = { provider: { distribution: "rhosp", api: { topology: "virtual-ip" } } };
    expect(nodeFiles("worker-0", rhosp).get("/etc/hosts")).toBe(
      "127.0.0.1 localhost\n::1 localhost\n10.0.0.5 api-int.demo.mk8s.example.com\n",
    );
    expect(nodeFiles("worker-0").has("/etc/hosts")).toBe(false);
  });
});

describe("a worker", () => {
  const workers = [
    { name: "default", flavor: "m1.large" },
    {
      name: "memory",
      count: 1,
      flavor: { vcpus: 8, ramGiB: 64, diskGiB: 80 },
      labels: { workload: "memory" },
      taints: [{ key: "workload", effect: "NoSchedule" }],
    },
  ];
  const registration = (key: string) =>
    (
      parse(nodeFiles(key, { workers }).get("/etc/kaas/kubeadm/join.yaml") ?? "") as {
        readonly nodeRegistration: Readonly<Record<string, unknown>>;
      }
    ).nodeRegistration;
  const reserved = (key: string) =>
    nodeFiles(key, { workers }).get("/etc/kaas/kubeadm/patches/kubeletconfiguration+merge.yaml");

  it("registers with the labels and taints of its pool", () => {
    expect(registration("worker-memory-0")).toMatchObject({
      kubeletExtraArgs: expect.arrayContaining([{ name: "node-labels", value: "workload=memory,kaas/pool=memory" }]),
      taints: [{ key: "workload", effect: "NoSchedule" }],
    });
    expect(registration("worker-0")).toMatchObject({ taints: [] });
  });

  it("keeps from pods what its flavor needs", () => {
    expect(reserved("worker-memory-0")).not.toBe(reserved("worker-0"));
  });
});

describe("a controller", () => {
  const environment = (key: string, changes: Changes = {}) =>
    Object.fromEntries(
      (nodeFiles(key, changes).get("/etc/kaas/node.env") ?? "")
        .trimEnd()
        .split("\n")
        .map((line) => line.replaceAll('"', "").split(/=(.*)/s)),
    ) as Readonly<Record<string, string>>;

  it("is the first if none has a lower number, also when 0 is gone", () => {
    const controlPlane = { ordinals: [1, 2, 4] };
    const first = (key: string) => environment(key, { controlPlane })["KAAS_FIRST"];
    expect(["controller-1", "controller-2", "controller-4"].map(first)).toEqual(["true", "false", "false"]);
  });

  it("knows its peers, and does not count itself among them", () => {
    expect(environment("controller-1")["KAAS_PEERS"]).toBe("10.0.0.32 10.0.0.34");
  });

  it("knows etcd's members where they are elsewhere: they tell whether there is a cluster", () => {
    expect(environment("controller-0", { etcd: { count: 3 } })["KAAS_ETCD_ENDPOINTS"]).toBe(
      "https://10.0.0.16:2379 https://10.0.0.17:2379 https://10.0.0.18:2379",
    );
    expect(environment("controller-0", { etcd: { stacked: true } })["KAAS_ETCD_ENDPOINTS"]).toBe("");
  });

  it("that carries an etcd member starts nothing before its volume is there", () => {
    const units = unitsOf("controller-0", { etcd: { stacked: true } });
    for (const name of ["kubelet.service", "kaas-join.service"]) {
      expect(units.get(name)?.contents).toMatch(/^Requires=kaas-etcd-volume\.service$/m);
      expect(units.get(name)?.contents).toMatch(/^After=.*\bkaas-etcd-volume\.service\b/m);
    }
    expect(unitsOf("controller-0").has("kaas-etcd-volume.service")).toBe(false);
  });

  it.each(["floating-ips", "octavia"])("runs no kube-vip with %s", (topology) => {
    expect(
      nodeFiles("controller-0", { provider: { api: { topology } } }).has("/etc/kaas/manifests/kube-vip.yaml"),
    ).toBe(false);
  });
});

describe("an etcd node", () => {
  it("starts its member only when the volume with its data is there", () => {
    const unit = unitsOf("etcd-0").get("kaas-etcd.service");
    expect(unit?.contents).toMatch(/^Requires=.*\bkaas-etcd-volume\.service\b/m);
    expect(unit?.contents).toMatch(/^After=.*\bkaas-etcd-volume\.service\b/m);
  });

  it("runs nothing of Kubernetes", () => {
    const units = unitsOf("etcd-0");
    for (const name of ["kubelet.service", "kaas-join.service"]) expect(units.has(name)).toBe(false);
    expect(nodeFiles("etcd-0").has("/opt/extensions/kubernetes/kubernetes.raw")).toBe(false);
  });

  it("stores snapshots as often as bootstrap.yaml says, and none without backups", () => {
    const timer = (changes: Changes) => unitsOf("etcd-0", changes).get("kaas-etcd-snapshot.timer")?.contents;
    expect(timer({ services: { backup: { etcdSnapshotHours: 6 } } })).toContain("OnCalendar=*-*-* 00/6:15:00 UTC");
    expect(timer({ services: { backup: { enabled: false } } })).toBeUndefined();
  });
});
