import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type OpenStackClusterConfig } from "../../../src/config/cluster-config.js";
import { adminKubeconfig } from "../../../src/pki/kubeconfig.js";
import { openStack } from "../../support/bootstraps.js";
import { initialise, kubernetesPrograms, startApiServer, tellName } from "../support/control-plane.js";
import { EtcdCluster } from "../support/etcd-cluster.js";
import { eventually } from "../support/eventually.js";
import { KubernetesAuth } from "../support/kubernetes-auth.js";
import { KubernetesCluster } from "../support/kubernetes-cluster.js";
import { type NodeHost } from "../support/node-host.js";
import { NodeNetwork } from "../support/node-network.js";
import { type NodeProcess } from "../support/node-process.js";

/** As src/bootstrap tells the API server. */
const CACHE_SECONDS = 30;
/** How long the API server keeps a success beside that. */
const OUTER_CACHE_SECONDS = 10;
/** How long an API server waits for its webhook. It takes less when it is refused a connection: it tries that five times. */
const WEBHOOK_SECONDS = 30;
const SPARE_SECONDS = 5;
const ADMIN_ROLE = "5c1e9f0b7d7a4f6f8a9e2b3c4d5e6f70";

const config: OpenStackClusterConfig = openStack({
  cluster: { domain: "example.com", profile: "development" },
  etcd: { count: 1 },
  controlPlane: { count: 1 },
  auth: { mode: "hosted" },
});

describe("an API server with kubernetes-auth", () => {
  let network: NodeNetwork;
  let controller: NodeHost;
  let server: NodeProcess;
  /** A machine of somebody who administers the cluster. */
  let desk: NodeHost;
  let auth: KubernetesAuth;

  beforeAll(async () => {
    network = await NodeNetwork.open(config.network.nodeCidr);
    const etcd = await EtcdCluster.prepare(network, config);
    await etcd.boot();
    await etcd.start();
    const cluster = new KubernetesCluster(config, etcd.bundle);
    controller = cluster.addNode(network, cluster.node("controller-0"), { programs: kubernetesPrograms() });
    tellName(controller, config.apiHosts.internal, controller.address);
    await controller.boot();
    auth = await KubernetesAuth.start(network, cluster, controller);
    server = await initialise(controller);
    desk = network.addNode({ name: "desk", address: config.addresses.pool.end, programs: kubernetesPrograms() });
    tellName(desk, config.apiHosts.public, controller.address);
    desk.writeFile("/root/.kube/config", adminKubeconfig(config, etcd.bundle), 0o600);
    await desk.boot();
    await desk.run("kubectl", ["create", "namespace", "team"]);
    const create = ["--namespace", "team", "create"];
    await desk.run("kubectl", [...create, "role", "team", "--verb=list", "--resource=pods"]);
    await desk.run("kubectl", [...create, "rolebinding", "team", "--role=team", "--group=team"]);
    const admins = ["--clusterrole=cluster-admin", `--group=${ADMIN_ROLE}`];
    await desk.run("kubectl", ["create", "clusterrolebinding", "rackspace:default-cluster-admin", ...admins]);
  });
  afterAll(async () => {
    await auth.close();
    await network.close();
  });

  const PODS = "/api/v1/namespaces/team/pods";
  const statusOf = async (token: string, path = PODS) => {
    const quietly = ["--silent", "--output", "/dev/null", "--write-out", "%{http_code}"];
    const bearer = ["--cacert", "/etc/kaas/ca.crt", "--header", `Authorization: Bearer ${token}`];
    return Number(await controller.run("curl", [...quietly, ...bearer, `https://${controller.address}:6443${path}`]));
  };
  const reviews = () => auth.audited("token-review");
  const settled = async (): Promise<number> => {
    // The log is written in turns.
    await delay(1500);
    return reviews().length;
  };

  it("lists for a token what RBAC allows its user, and nothing more", async () => {
    const { token } = await auth.addToken(await auth.addUser("alice", "team"));
    expect(await statusOf(token)).toBe(200);
    for (const path of [
      "/api/v1/namespaces/kube-system/pods",
      "/api/v1/namespaces/team/secrets",
      "/api/v1/nodes",
      "/api/v1/pods",
    ]) {
      expect(await statusOf(token, path)).toBe(403);
    }
    const review = { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token } };
    const create = ["create", "--output", "json", "--filename", "-"];
    const answered = await desk.run("kubectl", create, { input: JSON.stringify(review) });
    expect(JSON.parse(answered)).toMatchObject({
      status: { authenticated: true, user: { username: "alice", groups: ["team", "system:authenticated"] } },
    });
    await settled();
    expect(reviews()[0]).toMatchObject({ authenticated: true, by: `cluster:${config.name}` });
  });

  it("lets members of the cluster's admin role do everything", async () => {
    const { token } = await auth.addToken(await auth.addUser("root", ADMIN_ROLE));
    expect(await statusOf(token, "/api/v1/namespaces/kube-system/secrets")).toBe(200);
    expect(await statusOf(token, "/apis/rbac.authorization.k8s.io/v1/clusterroles")).toBe(200);
  });

  it("takes a token that is limited to clusters only in those", async () => {
    const id = await auth.addUser("limited", "team");
    const [ours, others] = [
      await auth.addToken(id, { clusters: [config.name] }),
      await auth.addToken(id, { clusters: ["another"] }),
    ];
    expect(await statusOf(ours.token)).toBe(200);
    expect(await statusOf(others.token)).toBe(401);
  });

  it("refuses a deleted token within its cache's time and ten seconds", async () => {
    const { token, id } = await auth.addToken(await auth.addUser("leaver", "team"));
    expect(await statusOf(token)).toBe(200);
    await auth.call("DELETE", `/tokens/${id}`);
    const start = performance.now();
    await eventually(async () => {
      expect(await statusOf(token)).toBe(401);
    }, CACHE_SECONDS + OUTER_CACHE_SECONDS);
    const seconds = (performance.now() - start) / 1000;
    process.stderr.write(`  refused ${seconds.toFixed(1)} s after it was deleted\n`);
    expect(seconds).toBeLessThan(CACHE_SECONDS + OUTER_CACHE_SECONDS);
  });

  it("asks kubernetes-auth about service accounts' tokens never, and about garbage once for a cache's time", async () => {
    await desk.run("kubectl", ["-n", "team", "create", "serviceaccount", "robot"]);
    const robot = (await desk.run("kubectl", ["-n", "team", "create", "token", "robot"])).trim();
    const before = await settled();
    expect(await statusOf(robot)).toBe(403);
    expect(await settled()).toBe(before);

    const forged = `${robot.slice(0, -8)}AAAAAAAA`;
    for (const garbage of ["garbage", forged]) {
      for (let time = 0; time < 5; time++) expect(await statusOf(garbage)).toBe(401);
    }
    await settled();
    const asked = reviews().slice(before);
    expect(asked).toHaveLength(2);
    // What is not ours is refused before the store is asked.
    for (const review of asked) expect(review).toMatchObject({ authenticated: false, refusal: "not-ours" });
  });

  it("answers 401 while kubernetes-auth is stopped or gone, and hangs for nobody", async () => {
    const id = await auth.addUser("patient", "team");
    const tokens = await Promise.all(Array.from({ length: 2 }, () => auth.addToken(id)));
    const secondsOf = async (work: () => Promise<void>) => {
      const start = performance.now();
      await work();
      return (performance.now() - start) / 1000;
    };
    const stop = (): Promise<void> => {
      auth.service.signal("SIGSTOP");
      return Promise.resolve();
    };
    for (const [index, interrupt] of [stop, () => auth.service.kill()].entries()) {
      const token = tokens[index]?.token ?? "";
      await interrupt();
      try {
        const refused = await secondsOf(async () => {
          const statuses = await Promise.all(Array.from({ length: 20 }, () => statusOf(token)));
          expect(new Set(statuses)).toEqual(new Set([401]));
        });
        process.stderr.write(`  20 clients were refused within ${refused.toFixed(1)} s\n`);
        expect(refused).toBeLessThan(WEBHOOK_SECONDS + SPARE_SECONDS);
        // Certificates need nobody.
        const byCertificate = await secondsOf(async () => {
          await desk.run("kubectl", ["get", "namespace", "team"]);
        });
        expect(byCertificate).toBeLessThan(10);
      } finally {
        if (auth.service.hasEnded) await auth.service.resume();
        else auth.service.signal("SIGCONT");
      }
      await eventually(async () => {
        expect(await statusOf(token)).toBe(200);
      });
    }
  });

  it("is answered as it asks: in v1beta1 too", async () => {
    const { token } = await auth.addToken(await auth.addUser("beta", "team"));
    await server.stop();
    server = await startApiServer(controller, ["--authentication-token-webhook-version=v1beta1"]);
    expect(await statusOf(token)).toBe(200);
    expect(await statusOf(token, "/api/v1/nodes")).toBe(403);
  });
});
