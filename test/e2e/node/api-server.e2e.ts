import { X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type OpenStackClusterConfig } from "../../../src/config/cluster-config.js";
import { adminKubeconfig } from "../../../src/pki/kubeconfig.js";
import { formatToken, TOKEN_BYTES } from "../../../src/services/auth/domain/token-format.js";
import { openStack } from "../../support/bootstraps.js";
import { initialise, kubernetesPrograms, startApiServer, tellName } from "../support/control-plane.js";
import { EtcdCluster } from "../support/etcd-cluster.js";
import { eventually } from "../support/eventually.js";
import { KubernetesAuth } from "../support/kubernetes-auth.js";
import { KubernetesCluster } from "../support/kubernetes-cluster.js";
import { StaticPod } from "../support/kubernetes-static-pod.js";
import { type NodeHost } from "../support/node-host.js";
import { NodeNetwork } from "../support/node-network.js";
import { type NodeProcess } from "../support/node-process.js";

const LEAF_DAYS = 40;
const config: OpenStackClusterConfig = openStack({
  cluster: { domain: "example.com", profile: "development" },
  etcd: { count: 1 },
  controlPlane: { count: 3 },
  auth: { mode: "hosted", authorization: true },
  // Its rules are compiled when the API server starts.
  access: { oidc: { issuer: "https://login.example.com" } },
  pki: { certificateValidityDays: LEAF_DAYS },
});
const { public: api, internal: apiInternal } = config.apiHosts;

describe("the API server of the first controller", () => {
  let network: NodeNetwork;
  let etcd: EtcdCluster;
  let cluster: KubernetesCluster;
  let first: NodeHost;
  let server: NodeProcess;
  /** A machine of somebody who administers the cluster. */
  let desk: NodeHost;

  beforeAll(async () => {
    network = await NodeNetwork.open(config.network.nodeCidr);
    etcd = await EtcdCluster.prepare(network, config);
    await etcd.boot();
    await etcd.start();
    cluster = new KubernetesCluster(config, etcd.bundle);
    first = addNode("controller-0");
    await first.boot();
    // No kube-proxy here refuses what has no endpoints, as kubernetes-auth's service has at first.
    await first.run("ip", ["route", "add", "unreachable", config.network.serviceCidr]);
    server = await initialise(first);
    desk = network.addNode({ name: "desk", address: config.addresses.pool.end, programs: kubernetesPrograms() });
    tellName(desk, api, first.address);
    desk.writeFile("/root/.kube/config", adminKubeconfig(config, cluster.bundle), 0o600);
    await desk.boot();
    await desk.run("kubectl", ["create", "namespace", "team"]);
    await desk.run("kubectl", ["--namespace", "team", "create", "serviceaccount", "default"]);
  });
  afterAll(() => network.close());

  function addNode(key: string): NodeHost {
    const node = cluster.addNode(network, cluster.node(key), { programs: kubernetesPrograms() });
    tellName(node, apiInternal, "10.0.0.32");
    return node;
  }

  const statusOf = async (path: string, ...options: readonly string[]) => {
    const quietly = ["--silent", "--output", "/dev/null", "--write-out", "%{http_code}"];
    const url = `https://${first.address}:6443${path}`;
    return Number(await first.run("curl", [...quietly, "--cacert", "/etc/kaas/ca.crt", ...options, url]));
  };
  const certificate = (path: string) => new X509Certificate(first.readFile(`/etc/kubernetes/pki/${path}.crt`));
  const fingerprints = (...names: readonly string[]) => names.map((name) => certificate(name).fingerprint256);

  describe("to those who do not sign in", () => {
    it.each(["/healthz", "/livez", "/readyz"])("says at %s whether it is well", async (path) => {
      expect(await statusOf(path)).toBe(200);
    });

    it.each([
      "/",
      "/api",
      "/api/v1/namespaces/kube-public/configmaps/cluster-info",
      "/apis",
      "/healthz/etcd",
      "/metrics",
      "/openapi/v2",
      "/openid/v1/jwks",
      "/version",
      "/.well-known/openid-configuration",
    ])("says nothing at %s", async (path) => {
      expect(await statusOf(path)).toBe(401);
    });

    it.each(["kaas_0123456789", "not.a.token", "abcdef.0123456789abcdef"])(
      "refuses the token %s while kubernetes-auth does not answer",
      async (token) => {
        expect(await statusOf("/api", "--header", `Authorization: Bearer ${token}`)).toBe(401);
        expect(await statusOf("/readyz", "--header", `Authorization: Bearer ${token}`)).toBe(401);
      },
    );

    it("refuses TLS 1.1", async () => {
      const knock = ["s_client", "-connect", `${first.address}:6443`, "-cipher", "ALL:@SECLEVEL=0"];
      const old = await desk.attempt("openssl", [...knock, "-tls1_1"]);
      expect(old.stderr).toContain("alert protocol version");
      expect((await desk.attempt("openssl", [...knock, "-tls1_2"])).stdout).toContain("Protocol  : TLSv1.2");
    });
  });

  describe("to the administrator's certificate", () => {
    it("gives every right, by a binding that can be taken back", async () => {
      const review = JSON.parse(await desk.run("kubectl", ["auth", "whoami", "--output", "json"])) as {
        status: { userInfo: { username: string; groups: string[] } };
      };
      expect(review.status.userInfo).toMatchObject({
        username: "kaas-admin",
        groups: ["kubeadm:cluster-admins", "system:authenticated"],
      });
      expect(await desk.run("kubectl", ["auth", "can-i", "*", "*", "--all-namespaces"])).toBe("yes\n");
    });
  });

  describe("what is stored and logged", () => {
    const SECRET = "correct-horse-battery-staple";
    const read = (kind: string, name: string) =>
      etcd
        .member("etcd-0")
        .node.run("/opt/kaas/bin/etcdctl", [
          "--endpoints",
          "https://127.0.0.1:2379",
          "get",
          "--print-value-only",
          `/registry/${kind}/team/${name}`,
        ]);

    beforeAll(async () => {
      await desk.run("kubectl", [
        "-n",
        "team",
        "create",
        "secret",
        "generic",
        "password",
        `--from-literal=a=${SECRET}`,
      ]);
      await desk.run("kubectl", ["-n", "team", "create", "configmap", "settings", `--from-literal=a=${SECRET}`]);
    });

    it("is a Secret that only the API server can read", async () => {
      const stored = await read("secrets", "password");
      expect(stored).toMatch(/^k8s:enc:secretbox:v1:key1:/);
      expect(stored).not.toContain(SECRET);
      expect(await desk.run("kubectl", ["-n", "team", "get", "secret", "password", "-o", "jsonpath={.data.a}"])).toBe(
        Buffer.from(SECRET).toString("base64"),
      );
    });

    it("is a ConfigMap as it is", async () => {
      expect(await read("configmaps", "settings")).toContain(SECRET);
    });

    interface AuditEvent {
      readonly level: string;
      readonly verb: string;
      readonly requestURI: string;
      readonly user: { readonly username: string };
      readonly objectRef?: { readonly resource: string; readonly name?: string };
      readonly requestObject?: unknown;
      readonly responseObject?: unknown;
    }
    const AUDIT_LOG = "/var/log/kubernetes/audit/audit.log";
    const events = () => {
      const lines = first.readFile(AUDIT_LOG).split("\n").slice(0, -1);
      return lines.map((line) => JSON.parse(line) as AuditEvent);
    };

    it.each([
      ["secrets", "password"],
      ["configmaps", "settings"],
    ])("is in the audit log, of %s not what they hold", async (resource, name) => {
      // The line is written when the answer has been sent.
      const [made] = await eventually(() => {
        const found = events().filter(
          ({ verb, objectRef }) => verb === "create" && objectRef?.resource === resource && objectRef.name === name,
        );
        expect(found).toHaveLength(1);
        return Promise.resolve(found);
      });
      expect(made).toMatchObject({ level: "Metadata", user: { username: "kaas-admin" } });
      expect(made).not.toHaveProperty("requestObject");
      expect(made).not.toHaveProperty("responseObject");
      expect(first.readFile(AUDIT_LOG)).not.toContain(SECRET);
      expect(first.readFile(AUDIT_LOG)).not.toContain(Buffer.from(SECRET).toString("base64"));
    });

    it("is in the audit log with what was asked, of other objects", () => {
      const made = events().find(({ verb, objectRef }) => verb === "create" && objectRef?.name === "team");
      expect(made).toMatchObject({ level: "Request", requestObject: { kind: "Namespace" } });
    });

    it("is not in the audit log that somebody asked whether the server is well", () => {
      expect(events().filter(({ requestURI }) => /^\/(healthz|livez|readyz)/.test(requestURI))).toEqual([]);
    });

    it("is in an audit log that root alone reads", async () => {
      expect(await first.run("stat", ["--format", "%a %U", AUDIT_LOG, "/var/log/kubernetes/audit"])).toBe(
        "600 root\n700 root\n",
      );
    });
  });

  describe("to a node that joins", () => {
    let worker: NodeHost;
    const asJoining = ["--kubeconfig", "/etc/kaas/kubeadm/discovery.yaml"];

    beforeAll(async () => {
      worker = addNode("worker-0");
      await worker.boot();
    });

    it("lets the token of its discovery file ask for a kubelet's certificate", async () => {
      const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-keyout", "/root/kubelet.key"];
      const subject = ["-subj", "/O=system:nodes/CN=system:node:demo-worker-0"];
      const request = await worker.run("openssl", ["req", "-new", ...key, ...subject]);
      const csr = {
        apiVersion: "certificates.k8s.io/v1",
        kind: "CertificateSigningRequest",
        metadata: { name: "worker-0" },
        spec: {
          request: Buffer.from(request).toString("base64"),
          signerName: "kubernetes.io/kube-apiserver-client-kubelet",
          usages: ["digital signature", "client auth"],
        },
      };
      const input = JSON.stringify(csr);
      await worker.run("kubectl", [...asJoining, "create", "--filename", "-"], { input });

      const [tokenId = ""] = cluster.bundle.bootstrapToken.split(".");
      const stored = JSON.parse(await desk.run("kubectl", ["get", "csr", "worker-0", "--output", "json"])) as unknown;
      const group = "system:bootstrappers:kubeadm:default-node-token";
      expect(stored).toMatchObject({ spec: { username: `system:bootstrap:${tokenId}` } });
      expect(stored).toHaveProperty("spec.groups", expect.arrayContaining([group]));
      // What the controller that approves asks for.
      const approval = ["create", "certificatesigningrequests.certificates.k8s.io/nodeclient"];
      const token = ["--as", `system:bootstrap:${tokenId}`, "--as-group", group];
      expect(await desk.run("kubectl", ["auth", "can-i", ...approval, ...token])).toBe("yes\n");
    });

    it.each([
      ["secrets", "kube-system"],
      ["secrets", "team"],
      ["configmaps", "team"],
      ["pods", "kube-system"],
    ])("lets the token read no %s in %s", async (resource, namespace) => {
      const { code, stderr } = await worker.attempt("kubectl", [...asJoining, "get", resource, "-n", namespace]);
      expect(code).toBe(1);
      expect(stderr).toContain("Forbidden");
    });

    it("tells a controller all that it needs to become one, by its own documents alone", async () => {
      const second = addNode("controller-1");
      await second.boot();
      const phase = ["join", "phase", "control-plane-prepare", "all"];
      await second.run("kubeadm", [...phase, "--config", "/etc/kaas/kubeadm/join.yaml"]);

      const commandOn = (node: NodeHost) => new StaticPod(node, "kube-apiserver").command.map(withoutAddress(node));
      expect(commandOn(second)).toEqual(commandOn(first));
      const serving = new X509Certificate(second.readFile("/etc/kubernetes/pki/apiserver.crt"));
      expect(serving.checkIssued(certificate("ca"))).toBe(true);
      expect(serving.checkIP(second.address)).toBe(second.address);
      expect(serving.checkHost(apiInternal)).toBe(apiInternal);
    });
    const withoutAddress = (node: NodeHost) => (argument: string) => argument.replace(node.address, "ITS-ADDRESS");
  });

  describe("of pods", () => {
    const create = (namespace: string, securityContext: Readonly<Record<string, unknown>>) => {
      const container = { name: "main", image: "registry.k8s.io/pause:3.10.2", securityContext };
      const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "pod" }, spec: { containers: [container] } };
      const options = ["--namespace", namespace, "create", "--dry-run=server", "--filename", "-"];
      return desk.attempt("kubectl", options, { input: JSON.stringify(pod) });
    };

    it("refuses one that could take over its node", async () => {
      const { code, stderr } = await create("team", { privileged: true });
      expect(code).toBe(1);
      expect(stderr).toContain('violates PodSecurity "baseline:latest": privileged');
    });

    it("accepts one that could do more than it should, and warns", async () => {
      const { code, stderr } = await create("team", {});
      expect(code).toBe(0);
      expect(stderr).toContain('Warning: would violate PodSecurity "restricted:latest"');
    });

    it("accepts one that can do nothing special, without a word", async () => {
      const { code, stderr } = await create("team", {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
      });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    });

    it("asks nothing of Kubernetes' own", async () => {
      await desk.run("kubectl", ["--namespace", "kube-system", "create", "serviceaccount", "default"]);
      expect(await create("kube-system", { privileged: true })).toMatchObject({ code: 0, stderr: "" });
    });
  });

  describe("with kubernetes-auth", () => {
    const REASON = "ask those who run the platform";
    let auth: KubernetesAuth;
    let token: string;
    beforeAll(async () => {
      const deny = `authorization: {deny: [{reason: ${REASON}, resources: [secrets]}]}`;
      auth = await KubernetesAuth.start(network, cluster, first, deny);
      ({ token } = await auth.addToken(await auth.addUser("alice", "team")));
      const create = ["--namespace", "team", "create"];
      await desk.run("kubectl", [...create, "role", "team", "--verb=list", "--resource=configmaps,secrets"]);
      await desk.run("kubectl", [...create, "rolebinding", "team", "--role=team", "--group=team"]);
    });
    afterAll(() => auth.close());

    const as = (bearer: string, path: string) => statusOf(path, "--header", `Authorization: Bearer ${bearer}`);

    it("takes its word for who somebody is, and shows whose cluster it asks for", async () => {
      expect(await as(token, "/api")).toBe(200);
      // Of the service's form, and nobody's.
      expect(await as(formatToken(new Uint8Array(TOKEN_BYTES)), "/api")).toBe(401);
      const by = `cluster:${config.name}`;
      await eventually(() => {
        expect(auth.audited("token-review")).toMatchObject([
          { by, authenticated: true },
          { by, authenticated: false, refusal: "no-token" },
        ]);
        return Promise.resolve();
      });
    });

    it("asks it what somebody may do, and tells why it refuses what a role allows", async () => {
      const before = await auth.answeredAt("/authorize");
      expect(await as(token, "/api/v1/namespaces/team/configmaps")).toBe(200);
      expect(await auth.answeredAt("/authorize")).toBe(before + 1);
      const { code, stderr } = await desk.attempt("kubectl", [...asAlice, "get", "secrets", "-n", "team"]);
      expect(code).toBe(1);
      expect(stderr).toContain(REASON);
      // Of what it has no opinion, RBAC decides.
      expect(await as(token, "/api/v1/namespaces/team/pods")).toBe(403);
      await eventually(() => {
        expect(auth.audited("access-denied")).toMatchObject([
          { by: `cluster:${config.name}`, user: "alice", reason: REASON },
        ]);
        return Promise.resolve();
      });
    });
    const asAlice = ["--as", "alice", "--as-group", "team"];

    it("asks it of nobody whom it does not know", async () => {
      const before = await auth.answeredAt("/authorize");
      for (const user of [["system:serviceaccount:team:default"], ["kaas", "--as-group", "kubeadm:cluster"]]) {
        const { code, stderr } = await desk.attempt("kubectl", ["--as", ...user, "get", "nodes"]);
        expect(code).toBe(1);
        expect(stderr).toContain("Forbidden");
      }
      expect(await auth.answeredAt("/authorize")).toBe(before);
    });
  });

  describe("the certificates that kubeadm made for it", () => {
    const LEAVES = ["apiserver", "apiserver-kubelet-client", "front-proxy-client"] as const;
    const OURS = ["ca", "front-proxy-ca", "etcd/ca", "apiserver-etcd-client"] as const;
    const daysOf = (name: string) => {
      const { validFrom, validTo } = certificate(name);
      return Math.floor((Date.parse(validTo) - Date.parse(validFrom)) / (24 * 60 * 60 * 1000));
    };

    it("are valid as long as bootstrap.yaml says, as kubeadm itself reports", async () => {
      const check = ["certs", "check-expiration", "--config", "/etc/kaas/kubeadm/cluster.yaml", "--output", "json"];
      const report = JSON.parse(await first.run("kubeadm", check)) as {
        certificates: { name: string; missing?: boolean; residualTime: number }[];
      };
      const days = report.certificates.map(({ name, residualTime }) => [name, Math.ceil(residualTime / 86400)]);
      expect(days).toEqual(
        [
          ...["admin.conf", "apiserver", "apiserver-kubelet-client", "controller-manager.conf"],
          ...["front-proxy-client", "scheduler.conf", "super-admin.conf"],
        ].map((name) => [name, LEAF_DAYS]),
      );
    });

    it("are renewed by the timer's script without an API server, under the same authorities", async () => {
      const leaves = fingerprints(...LEAVES);
      const ours = fingerprints(...OURS);
      const manifests = await first.run("sha256sum", MANIFESTS);
      await server.stop();
      // No kubelet has to see that the manifests were away.
      await first.run("/opt/kaas/bin/renew-certificates", [], { environment: { KAAS_RESTART_SECONDS: "0" } });

      expect(fingerprints(...OURS)).toEqual(ours);
      for (const [index, name] of LEAVES.entries()) {
        const { publicKey, fingerprint256 } = certificate(name);
        expect(fingerprint256).not.toBe(leaves[index]);
        expect(publicKey.asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
        expect(daysOf(name)).toBe(LEAF_DAYS);
      }
      expect(await first.run("sha256sum", MANIFESTS)).toBe(manifests);
      server = await startApiServer(first);
      expect(await desk.run("kubectl", ["get", "namespace", "team", "--output", "name"])).toBe("namespace/team\n");
      const admin = ["--kubeconfig", "/etc/kubernetes/admin.conf"];
      expect(await first.run("kubectl", [...admin, "auth", "can-i", "*", "*"])).toBe("yes\n");
    });
    const MANIFESTS = ["kube-apiserver", "kube-controller-manager", "kube-scheduler"].map(
      (name) => `/etc/kubernetes/manifests/${name}.yaml`,
    );
  });
});
