import { X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { catalogue } from "../../../src/versions/catalogue.js";
import { INIT_FILE, initPhases, kubernetesPrograms } from "../support/control-plane.js";
import { KubernetesCluster } from "../support/kubernetes-cluster.js";
import { StaticPod } from "../support/kubernetes-static-pod.js";
import { variantCluster, variantNames, type Variant } from "../support/kubernetes-variants.js";
import { type NodeHost } from "../support/node-host.js";
import { NodeNetwork } from "../support/node-network.js";

const FIRST = "controller-0";
const JOIN_FILE = "/etc/kaas/kubeadm/join.yaml";

let network: NodeNetwork;
beforeAll(async () => {
  network = await NodeNetwork.open("10.0.0.0/22");
});
afterAll(() => network.close());

const prepare = (variant: Variant, changes = {}) => KubernetesCluster.prepare(variantCluster(variant, changes));

/** Does something on a node of the cluster, which has power meanwhile; its files stay. */
async function on<T>(cluster: KubernetesCluster, key: string, action: (node: NodeHost) => Promise<T>): Promise<T> {
  const node = cluster.addNode(network, cluster.node(key), { programs: kubernetesPrograms() });
  await node.boot();
  try {
    return await action(node);
  } finally {
    await node.powerOff();
  }
}

const validate = (node: NodeHost, file: string) => node.attempt("kubeadm", ["config", "validate", "--config", file]);

describe("kubeadm's own validation", () => {
  it.each(variantNames)("accepts what every node brings to it: %s", async (variant) => {
    const cluster = await prepare(variant);
    await on(cluster, FIRST, async (node) => {
      await initPhases(node);
      expect(await validate(node, INIT_FILE)).toMatchObject({ code: 0, stdout: "ok\n", stderr: "" });
    });
    for (const key of [FIRST, "controller-1", "worker-0", "worker-search-0"])
      await on(cluster, key, async (node) => {
        expect(await validate(node, JOIN_FILE)).toMatchObject({ code: 0, stdout: "ok\n", stderr: "" });
      });
  });

  it("refuses a field that it does not know", async () => {
    await on(await prepare("stacked etcd"), FIRST, async (node) => {
      const join = node.readFile(JOIN_FILE);
      node.writeFile(JOIN_FILE, join.replace("nodeRegistration:", "nodeRegistration:\n  labels: {}"));
      expect((await validate(node, JOIN_FILE)).stderr).toContain('unknown field "nodeRegistration.labels"');
    });
  });

  it.each(catalogue.kubernetes.versions.map(({ version }) => version))(
    "accepts Kubernetes %s of the catalogue, when this kubeadm brings up such an old one",
    async (kubernetes) => {
      const outcome = await on(await prepare("etcd on nodes of its own", { cluster: { kubernetes } }), FIRST, (node) =>
        initPhases(node).then(() => validate(node, INIT_FILE)),
      );
      if (minorsBehind(kubernetes) <= 1) expect(outcome).toMatchObject({ code: 0, stdout: "ok\n", stderr: "" });
      else expect(outcome.stderr).toContain("only supports deploying clusters with the control plane version >=");
    },
  );
  const minorsBehind = (version: string) => {
    const minorOf = (text: string) => Number(text.split(".")[1]);
    return minorOf(catalogue.kubernetes.default) - minorOf(version);
  };
});

/** What `kubeadm init` writes on the first controller before it starts the kubelet. */
interface Rendered {
  readonly node: NodeHost;
  readonly images: readonly string[];
  readonly pods: readonly StaticPod[];
}

const PHASES = ["certs all", "kubeconfig all", "control-plane all"];
const renderings = new Map<Variant, Promise<Rendered>>();

function rendered(variant: Variant): Promise<Rendered> {
  const rendering = renderings.get(variant) ?? render(variant);
  renderings.set(variant, rendering);
  return rendering;
}

async function render(variant: Variant): Promise<Rendered> {
  const cluster = await prepare(variant);
  const { stacked } = cluster.config.etcd;
  return on(cluster, FIRST, async (node) => {
    await initPhases(node, ...PHASES, ...(stacked ? ["etcd local"] : []));
    const list = await node.run("kubeadm", ["config", "images", "list", "--config", INIT_FILE]);
    const names = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", ...(stacked ? ["etcd"] : [])];
    const pods = names.map((name) => new StaticPod(node, name));
    return { node, images: list.trim().split("\n"), pods };
  });
}

async function renderedPod(variant: Variant, name: string): Promise<StaticPod> {
  const pod = (await rendered(variant)).pods.find((candidate) => candidate.name === name);
  if (pod === undefined) throw new Error(`no ${name}`);
  return pod;
}

const isBelow = (folder: string, path: string) => path === folder || path.startsWith(`${folder}/`);
/** What a component makes itself, in its container. */
const MADE_BY_ITSELF = ["/var/log/kubernetes/audit/audit.log", "/opt/libexec/kubernetes/kubelet-plugins/volume/exec/"];

describe.each(variantNames)("the static pods that kubeadm writes: %s", (variant) => {
  it("set no flag twice", async () => {
    const { pods } = await rendered(variant);
    for (const { name, flags } of pods) {
      const names = flags.map(([flag]) => flag);
      expect([name, names]).toEqual([name, [...new Set(names)]]);
    }
  });

  it("name no file that the node has not, or that its container does not see", async () => {
    const { node, pods } = await rendered(variant);
    for (const { name, files, mounts } of pods) {
      const given = files.filter((file) => !MADE_BY_ITSELF.includes(file));
      const missing = given.filter((file) => !existsSync(join(node.root, file)));
      const unseen = given.filter((file) => !mounts.some(({ mountPath }) => isBelow(mountPath, file)));
      expect({ name, missing, unseen }).toEqual({ name, missing: [], unseen: [] });
      expect(mounts.filter(({ hostPath, mountPath }) => hostPath !== mountPath)).toEqual([]);
    }
  });

  it("let the API server write its audit log, and nothing else of the node", async () => {
    const { mounts } = await renderedPod(variant, "kube-apiserver");
    const writable = mounts.filter(({ readOnly }) => !readOnly).map(({ mountPath }) => mountPath);
    expect(writable).toEqual(["/var/log/kubernetes/audit"]);
  });

  it("look for volume plugins where Flatcar can be written to, as the kubelet does", async () => {
    const { node } = await rendered(variant);
    const folder = (await renderedPod(variant, "kube-controller-manager")).flag("flex-volume-plugin-dir");
    expect(folder).not.toMatch(/^\/usr\//);
    expect(node.readFile(INIT_FILE)).toContain(`\nvolumePluginDir: ${folder ?? ""}\n`);
  });
});

describe("the API server that kubeadm sets up", () => {
  const namesOf = async (variant: Variant) => {
    const { node } = await rendered(variant);
    const { subjectAltName = "" } = new X509Certificate(node.readFile("/etc/kubernetes/pki/apiserver.crt"));
    return subjectAltName.split(", ").map((name) => name.replace(/^(DNS|IP Address):/, ""));
  };

  it("has a certificate for every name and address by which users, nodes and pods reach it", async () => {
    const expected = [
      ...["api.demo.example.com", "api-int.demo.example.com", "demo-controller-0", "localhost"],
      ...["kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"],
      ...["10.3.0.1", "10.0.0.32", "127.0.0.1"],
    ];
    expect((await namesOf("etcd on nodes of its own")).sort()).toEqual(expected.sort());
  });

  it("has one for the virtual IP too", async () => {
    expect(await namesOf("a virtual IP, and no names but those that the nodes are told")).toContain("10.0.0.5");
  });

  it("asks every etcd member, or its own", async () => {
    const dedicated = await renderedPod("etcd on nodes of its own", "kube-apiserver");
    expect(dedicated.flag("etcd-servers")).toBe("https://10.0.0.16:2379,https://10.0.0.17:2379,https://10.0.0.18:2379");
    const stacked = await renderedPod("stacked etcd", "kube-apiserver");
    expect(stacked.flag("etcd-servers")).toBe("https://127.0.0.1:2379");
  });

  it("asks kubernetes-auth for authorization where it is to, before RBAC", async () => {
    const hosted = await renderedPod("etcd on nodes of its own", "kube-apiserver");
    expect(hosted.flag("authorization-mode")).toBe("Node,RBAC");
    const asked = "kubernetes-auth elsewhere that is asked for authorization too, and an OpenID Connect issuer";
    const elsewhere = await renderedPod(asked, "kube-apiserver");
    // The API server takes either flag, not both.
    expect(elsewhere.flag("authorization-mode")).toBeUndefined();
    const file = (await rendered(asked)).node.readFile(elsewhere.flag("authorization-config") ?? "");
    const { authorizers } = parse(file) as { authorizers: { type: string }[] };
    expect(authorizers.map(({ type }) => type)).toEqual(["Node", "Webhook", "RBAC"]);
  });
});

describe("the etcd member that kubeadm sets up on a controller", () => {
  it("has its data on the volume, its metrics where Prometheus looks for them, and the tuning of every member", async () => {
    const { flags } = await renderedPod("stacked etcd", "etcd");
    expect(Object.fromEntries(flags)).toMatchObject({
      "data-dir": "/var/lib/etcd/data",
      "listen-metrics-urls": "http://0.0.0.0:2381",
      "quota-backend-bytes": "8589934592",
      "tls-min-version": "TLS1.2",
      "client-cert-auth": "true",
      "peer-client-cert-auth": "true",
    });
  });

  it("runs the image whose tools our own jobs use", async () => {
    const { image } = await renderedPod("stacked etcd", "etcd");
    const { node } = await rendered("stacked etcd");
    expect(node.readFile("/etc/kaas/etcd.env")).toContain(`\nETCD_IMAGE=${image}\n`);
  });

  it("lets a replaced controller ask the others before it joins, with the cluster's document alone", async () => {
    const cluster = await prepare("stacked etcd");
    const certificate = await on(cluster, "controller-1", async (node) => {
      const phase = ["init", "phase", "certs", "etcd-healthcheck-client"];
      await node.run("kubeadm", [...phase, "--config", "/etc/kaas/kubeadm/cluster.yaml"]);
      return new X509Certificate(node.readFile("/etc/kubernetes/pki/etcd/healthcheck-client.crt"));
    });
    expect(certificate.checkIssued(new X509Certificate(cluster.bundle.authorities.etcd.certificate))).toBe(true);
  });
});

describe("the certificates of etcd on a controller", () => {
  const OURS = ["ca", "etcd/ca"];
  const KUBEADMS = ["etcd/server", "etcd/peer", "etcd/healthcheck-client", "apiserver-etcd-client"];

  it("are renewed with the others, under the same authority", async () => {
    await on(await prepare("stacked etcd"), FIRST, async (node) => {
      await initPhases(node, ...PHASES, "etcd local");
      const read = (names: readonly string[]) => names.map((name) => node.readFile(`/etc/kubernetes/pki/${name}.crt`));
      const [ours, kubeadms] = [read(OURS), read(KUBEADMS)];
      await node.run("/opt/kaas/bin/renew-certificates", [], { environment: { KAAS_RESTART_SECONDS: "0" } });
      expect(read(OURS)).toEqual(ours);
      expect(read(KUBEADMS).filter((text) => kubeadms.includes(text))).toEqual([]);
    });
  });
});

describe("images", () => {
  const COMPONENTS = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy"];
  const components = (repository: string, tag: string) => COMPONENTS.map((name) => `${repository}/${name}:${tag}`);
  const { kubernetes, images } = catalogue;
  const upstream = components("registry.k8s.io", `v${kubernetes.default}`);
  const custom = components("registry.example.com/rackspace", "v1.36.3_rackspace.0");
  const mirror = "mirror.example.com:5000/kaas";

  it.each<[Variant, readonly string[]]>([
    ["etcd on nodes of its own", upstream],
    ["a mirror that asks who pulls", upstream.map((image) => `${mirror}/${image}`)],
    ["a custom build of Kubernetes", custom],
    ["a custom build beside a mirror", custom],
  ])("come from where they are, and CoreDNS is none of kubeadm's: %s", async (variant, expected) => {
    const listed = (await rendered(variant)).images.filter((image) => !image.includes("/pause:"));
    expect(listed).toEqual(expected);
    const pod = await renderedPod(variant, "kube-apiserver");
    expect(pod.image).toBe(expected[0]);
  });

  it.each<[Variant, string]>([
    ["a custom build of Kubernetes", ""],
    ["a custom build beside a mirror", `${mirror}/`],
  ])("of pods' sandboxes are upstream's for containerd, whatever kubeadm lists: %s", async (variant, from) => {
    const { node } = await rendered(variant);
    const { name, tag } = images.pause;
    expect(node.readFile("/etc/containerd/config.toml")).toContain(`\n    sandbox = "${from}${name}:${tag}"\n`);
  });

  it("are of the versions that this kubeadm brings, where the catalogue names them itself", async () => {
    expect((await rendered("stacked etcd")).images).toEqual(
      expect.arrayContaining([images.etcd, images.pause].map(({ name, tag }) => `${name}:${tag}`)),
    );
  });

  it("of CoreDNS is the one that kubeadm would take, where it had a say", async () => {
    const cluster = await prepare("etcd on nodes of its own");
    const listed = await on(cluster, FIRST, (node) =>
      node.run("kubeadm", ["config", "images", "list", "--kubernetes-version", `v${kubernetes.default}`]),
    );
    expect(listed.split("\n")).toContain(`${images.coredns.name}:${images.coredns.tag}`);
  });
});

describe("the kubelet that kubeadm sets up", () => {
  it("has the cluster's settings, and its node's own over them", async () => {
    const cluster = await prepare("etcd on nodes of its own");
    const node = await on(cluster, FIRST, async (host) => {
      await initPhases(host, "certs ca", "kubelet-start");
      return host;
    });
    expect(parse(node.readFile("/var/lib/kubelet/config.yaml"))).toMatchObject({
      cgroupDriver: "systemd",
      protectKernelDefaults: true,
      shutdownGracePeriod: "2m0s",
      // Of 2 CPUs and 8 GiB.
      systemReserved: { cpu: "70m", memory: "1844Mi" },
    });
    expect(node.readFile("/var/lib/kubelet/kubeadm-flags.env")).toContain("--cloud-provider=external");
  });
});
