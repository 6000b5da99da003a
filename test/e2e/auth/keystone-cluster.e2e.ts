import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { AccessChart } from "../../../charts/access/access-chart.js";
import { type OpenStackClusterConfig } from "../../../src/config/cluster-config.js";
import { plannedCluster } from "../../../src/config/cluster-outputs.js";
import { adminKubeconfig } from "../../../src/pki/kubeconfig.js";
import { openStack } from "../../support/bootstraps.js";
import { AuthKeystone } from "../support/auth-keystone.js";
import { initialise, kubernetesPrograms, tellName } from "../support/control-plane.js";
import { EtcdCluster } from "../support/etcd-cluster.js";
import { eventually } from "../support/eventually.js";
import { KeystoneAdmin } from "../support/keystone-admin.js";
import { KubernetesAuth } from "../support/kubernetes-auth.js";
import { KubernetesCluster } from "../support/kubernetes-cluster.js";
import { type NodeHost } from "../support/node-host.js";
import { NodeNetwork } from "../support/node-network.js";

/** How long kubernetes-auth takes an answer of Keystone for granted. */
const FRESH_SECONDS = 10;
/** How long the API server keeps a success: as src/bootstrap tells it, and ten seconds that it adds. */
const CACHE_SECONDS = 30 + 10;
const SPARE_SECONDS = 5;
const LATEST_SECONDS = FRESH_SECONDS + CACHE_SECONDS + SPARE_SECONDS;
/** How long Keystone is waited for. */
const KEYSTONE_SECONDS = 5;
const OUTAGE_SECONDS = 60;
const PASSWORD = "correct-horse-battery-staple";
const NODES = "/api/v1/nodes";

const config: OpenStackClusterConfig = openStack({
  cluster: { domain: "example.com", profile: "development" },
  etcd: { count: 1 },
  controlPlane: { count: 1 },
  auth: { mode: "hosted" },
});

describe("an API server with kubernetes-auth and Keystone", () => {
  let folder: string;
  let keystone: AuthKeystone;
  let admin: KeystoneAdmin;
  let network: NodeNetwork;
  let cluster: KubernetesCluster;
  let controller: NodeHost;
  let auth: KubernetesAuth;
  let agent: Agent;
  const ids = { project: "", elsewhere: "", role: "" };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "kaas-auth-keystone-"));
    network = await NodeNetwork.open(config.network.nodeCidr);
    keystone = await AuthKeystone.start();
    admin = new KeystoneAdmin(keystone);
    ids.project = await admin.create("project", { name: "cluster" });
    ids.elsewhere = await admin.create("project", { name: "elsewhere" });
    ids.role = await admin.create("role", { name: config.access.adminRole });

    const etcd = await EtcdCluster.prepare(network, config);
    await etcd.boot();
    await etcd.start();
    cluster = new KubernetesCluster(config, etcd.bundle);
    controller = cluster.addNode(network, cluster.node("controller-0"), { programs: kubernetesPrograms() });
    tellName(controller, config.apiHosts.internal, controller.address);
    await controller.boot();
    const identity = await admin.identitySettings(folder);
    const settings = `identity: ${identity}\nidentityCache: {freshSeconds: ${FRESH_SECONDS}}`;
    auth = await KubernetesAuth.start(network, cluster, controller, settings);
    const { certificate: cert, key } = etcd.bundle.webhookClient;
    agent = new Agent({ keepAlive: true, ca: etcd.bundle.authorities.auth.certificate, cert, key });
    await auth.call("POST", "/clusters", { name: config.name, role_scope: { project: ids.project } });

    await initialise(controller);
    const desk = network.addNode({ name: "desk", address: config.addresses.pool.end, programs: kubernetesPrograms() });
    tellName(desk, config.apiHosts.public, controller.address);
    desk.writeFile("/root/.kube/config", adminKubeconfig(config, etcd.bundle), 0o600);
    await desk.boot();
    const planned = plannedCluster(config);
    const applied = { ...planned, outputs: { ...planned.outputs, adminRoleId: ids.role } };
    const rights = Testing.synth(new AccessChart(Testing.app(), "access", applied)) as readonly object[];
    const input = JSON.stringify({ apiVersion: "v1", kind: "List", items: rights });
    await desk.run("kubectl", ["apply", "--filename", "-"], { input });
  });
  afterAll(async () => {
    agent.destroy();
    await auth.close();
    await network.close();
    await keystone.stop();
    rmSync(folder, { recursive: true });
  });

  interface Person {
    /** In Keystone. */
    readonly id: string;
    readonly name: string;
    readonly token: string;
  }

  const signIn = (username: string, password = PASSWORD) =>
    auth.ask("POST", "/sign-in", { username, password }, "nobody");

  /** Somebody of Keystone's, who has signed in and made a token. */
  async function addPerson(name: string, project?: string): Promise<Person> {
    const id = await admin.create("user", { name, password: PASSWORD });
    if (project !== undefined) await admin.grant(id, ids.role, project);
    const { session } = JSON.parse((await signIn(name)).body) as { session: string };
    const { token } = await auth.call<{ token: string }>("POST", "/tokens", {}, session);
    return { id, name, token };
  }

  const statusOf = async ({ token }: Person, path = NODES) => {
    const quietly = ["--silent", "--output", "/dev/null", "--write-out", "%{http_code}"];
    const bearer = ["--cacert", "/etc/kaas/ca.crt", "--header", `Authorization: Bearer ${token}`];
    return Number(await controller.run("curl", [...quietly, ...bearer, `https://${controller.address}:6443${path}`]));
  };

  interface Reviewed {
    readonly code: number;
    readonly user?: string;
    readonly seconds: number;
  }

  /** As the API server asks, but without what it keeps. */
  function review({ token }: Person): Promise<Reviewed> {
    const start = performance.now();
    const body = JSON.stringify({ apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token } });
    const { host, port } = auth.service.address;
    return new Promise((resolve, reject) => {
      const sent = request({ host, port, agent, method: "POST", path: "/authenticate/token" }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => {
          const { status } = JSON.parse(Buffer.concat(chunks).toString()) as {
            status?: { user?: { username: string } };
          };
          const user = status?.user?.username;
          const seconds = (performance.now() - start) / 1000;
          resolve({ code: answer.statusCode ?? 0, seconds, ...(user !== undefined && { user }) });
        });
        answer.on("error", reject);
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }

  it("lets those who have the cluster's admin role in its project do everything, and others nothing", async () => {
    const root = await addPerson("root", ids.project);
    expect(await statusOf(root)).toBe(200);
    expect(await statusOf(root, "/api/v1/namespaces/kube-system/secrets")).toBe(200);
    const foreign = await addPerson("root-elsewhere", ids.elsewhere);
    const guest = await addPerson("guest");
    for (const person of [foreign, guest]) {
      expect(await statusOf(person, "/api")).toBe(200);
      expect(await statusOf(person)).toBe(403);
      expect(await statusOf(person, "/api/v1/namespaces/kube-system/secrets")).toBe(403);
    }
  });

  it("lets nobody sign in with a wrong password, nor by another's name", async () => {
    await addPerson("victor");
    for (const [username, password] of [
      ["victor", `${PASSWORD}?`],
      ["victor", ""],
      ["nobody", PASSWORD],
    ] as const) {
      expect((await signIn(username, password)).status).toBe(password === "" ? 400 : 401);
    }
    expect((await signIn("victor")).status).toBe(201);
  });

  it("refuses who lost the role, or was disabled, within what kubernetes-auth and the API server keep", async () => {
    const demoted = await addPerson("demoted", ids.project);
    const dismissed = await addPerson("dismissed", ids.project);
    for (const person of [demoted, dismissed]) expect(await statusOf(person)).toBe(200);
    await admin.revoke(demoted.id, ids.role, ids.project);
    await admin.setEnabled(dismissed.id, false);
    const start = performance.now();
    const secondsUntil = async (person: Person, status: number) => {
      await eventually(async () => {
        expect(await statusOf(person)).toBe(status);
      }, LATEST_SECONDS);
      return (performance.now() - start) / 1000;
    };
    const [forbidden, unknown] = await Promise.all([secondsUntil(demoted, 403), secondsUntil(dismissed, 401)]);
    process.stderr.write(
      `  without the role after ${forbidden.toFixed(1)} s, disabled after ${unknown.toFixed(1)} s\n`,
    );
    expect(Math.max(forbidden, unknown)).toBeLessThan(LATEST_SECONDS);
    expect((await signIn("dismissed")).status).toBe(401);
    // Who comes back may act again: the refusal is not kept for longer than the right was.
    await admin.setEnabled(dismissed.id, true);
    await eventually(async () => {
      expect(await statusOf(dismissed)).toBe(200);
    }, LATEST_SECONDS);
  });

  async function repeat(isDone: () => boolean, pauseMs: number, work: () => Promise<void>): Promise<void> {
    while (!isDone()) {
      await work();
      await delay(pauseMs);
    }
  }

  it("goes on for those it knows while Keystone is stopped, and decides nothing about others", async () => {
    const known = [await addPerson("kim", ids.project), await addPerson("kai", ids.project)];
    const [stranger, later] = [await addPerson("stranger", ids.project), await addPerson("later", ids.project)];
    for (const person of known) expect(await review(person)).toMatchObject({ code: 200, user: person.name });

    let isOver = false;
    const isDone = () => isOver;
    const reviewed: (Reviewed & { readonly person: string })[] = [];
    const served: number[] = [];
    const load = Promise.all(
      known.flatMap((person) => [
        repeat(isDone, 5, async () => {
          reviewed.push({ ...(await review(person)), person: person.name });
        }),
        repeat(isDone, 500, async () => {
          served.push(await statusOf(person));
        }),
      ]),
    );
    await delay(2000);
    const before = reviewed.length;
    const stopped = performance.now();
    await keystone.pause();
    try {
      // Longer than an answer is fresh: from then on it is known that Keystone is away.
      await delay((FRESH_SECONDS + KEYSTONE_SECONDS) * 1000);
      for (const person of [stranger, stranger]) {
        const answer = await review(person);
        expect(answer.code).toBe(503);
        expect(answer.seconds).toBeLessThan(KEYSTONE_SECONDS + 1);
      }
      expect((await signIn("stranger")).status).toBe(503);
      expect((await auth.ask("GET", "/readyz")).status).toBe(200);
      await delay(OUTAGE_SECONDS * 1000 - (performance.now() - stopped));
    } finally {
      await keystone.resume();
    }
    const during = reviewed.length - before;
    await eventually(async () => {
      expect(await review(stranger)).toMatchObject({ code: 200, user: "stranger" });
    });
    await delay(2000);
    isOver = true;
    await load;
    expect(reviewed.filter(({ code, user, person }) => code !== 200 || user !== person)).toEqual([]);
    const longest = Math.max(...reviewed.map(({ seconds }) => seconds));
    process.stderr.write(
      `  ${during} reviews in ${OUTAGE_SECONDS} s without Keystone, the longest ${longest.toFixed(1)} s; ` +
        `${served.length} requests to the API server\n`,
    );
    expect(during).toBeGreaterThan(1000);
    expect(longest).toBeLessThan(KEYSTONE_SECONDS + 1);
    expect(new Set(served)).toEqual(new Set([200]));
    expect(await review(later)).toMatchObject({ code: 200, user: "later" });
    expect(await statusOf(stranger)).toBe(200);
    expect((await signIn("stranger")).status).toBe(201);
  });
});
