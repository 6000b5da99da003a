import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { request } from "node:https";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import type { ConnectionOptions } from "node:tls";
import { prepareBundle } from "../../../src/pki/preparation.js";
import { AuthKeystone } from "../../e2e/support/auth-keystone.js";
import { KeystoneAdmin } from "../../e2e/support/keystone-admin.js";
import { freePort, HOST } from "../../e2e/support/loopback-server.js";
import { serverCertificate } from "../../e2e/support/server-certificate.js";
import { openStackCluster } from "../../support/clusters.js";
import { Connection, requestOf } from "./connection.js";
import { ADMIN_TOKEN, ServerProcess } from "./server-process.js";

const USERS = 100;
const CONNECTIONS = 16;
/** Keystone is one process here: questions wait for each other for longer than the product would wait. */
const TIMEOUT_SECONDS = 30;
const WARM_MILLISECONDS = 5000;
/** The certificate of its API server says so too. */
const config = openStackCluster({ auth: { mode: "hosted" } });

/** Under one kind of load, from as many connections as it has. */
export interface Speed {
  /** Answers a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  /** Milliseconds. */
  readonly p99: number;
}

export interface KeystoneFigures {
  /** Keystone by itself, asked for one user: a webhook that asks it for each review can be no faster. */
  readonly keystone: Speed;
  /** The first review of each user: Keystone is asked. */
  readonly cold: Speed;
  /** Later reviews of the same users. */
  readonly warm: Speed;
  /** The bare echo, with the requests of the later reviews. */
  readonly echo: Speed;
}

/**
 * Reviews of users whom a real Keystone knows. They come as those of API servers do, over TLS and with a certificate that names
 * the cluster, whose project's roles are asked for too. The echo speaks plain HTTP.
 */
export async function measureKeystone(folder: string, progress: (text: string) => void): Promise<KeystoneFigures> {
  progress("starting Keystone");
  const keystone = await AuthKeystone.start({ cache: "memory" });
  const servers: ServerProcess[] = [];
  try {
    const admin = new KeystoneAdmin(keystone);
    const { settings, client } = await secured(folder);
    const identity = `identity: ${await admin.identitySettings(folder, TIMEOUT_SECONDS)}`;
    const store = join(folder, "keystone.sqlite");
    const auth = await ServerProcess.auth(folder, await freePort(), store, [identity, settings]);
    servers.push(auth);
    const echo = await ServerProcess.echo(folder, await freePort());
    servers.push(echo);
    const options = { ...client, host: HOST, port: auth.port };

    progress(`making ${USERS} users`);
    const { tokens, someUser } = await makeTokens(admin, options);
    const forEach = (count: number) => count < tokens.length;
    const asker = { ask: () => keystone.call("GET", `/users/${someUser}`), close: () => undefined };
    const alone = await speedOf(() => Promise.resolve(asker), tokens, forEach);
    const reviews = () => Connection.openTls(options);
    const echoes = () => Connection.open(echo.port);
    progress("first reviews");
    const cold = await speedOf(reviews, tokens, forEach);
    progress("later reviews");
    const measure = (open: () => Promise<Connection>) => {
      const start = performance.now();
      return speedOf(open, tokens, () => performance.now() - start < WARM_MILLISECONDS);
    };
    // Once to warm up.
    for (const open of [reviews, echoes]) await measure(open);
    return { keystone: alone, cold, warm: await measure(reviews), echo: await measure(echoes) };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await keystone.stop();
  }
}

/** Certificates of the service and of an API server that asks it. */
async function secured(folder: string): Promise<{ readonly settings: string; readonly client: ConnectionOptions }> {
  const { authority: ca, certificate, key } = await serverCertificate();
  const { bundle } = await prepareBundle(config, { now: new Date() });
  const files = { certificate, key, clientAuthority: bundle.authorities.auth.certificate };
  const tls = Object.entries(files).map(([name, text]) => {
    const file = join(folder, `${name}.pem`);
    writeFileSync(file, text, { mode: 0o600 });
    return `${name}: ${file}`;
  });
  const { certificate: cert, key: clientKey } = bundle.webhookClient;
  return { settings: `tls: {${tls.join(", ")}}`, client: { ca, cert, key: clientKey } };
}

/** A token for each of many users, who have a role in the cluster's project. */
async function makeTokens(admin: KeystoneAdmin, options: ConnectionOptions) {
  const project = await admin.create("project", { name: "cluster" });
  const role = await admin.create("role", { name: config.access.adminRole });
  const post = async <T>(path: string, body: object): Promise<T> => {
    const headers = { "x-auth-token": ADMIN_TOKEN };
    const sent = request({ ...options, method: "POST", path, headers, agent: false }).end(JSON.stringify(body));
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    const text = Buffer.concat((await answer.toArray()) as Buffer[]).toString();
    if (answer.statusCode !== 201) throw new Error(`POST ${path}: ${text}`);
    return JSON.parse(text) as T;
  };
  await post("/clusters", { name: config.name, role_scope: { project } });
  const tokens: string[] = [];
  let someUser = "";
  for (let index = 0; index < USERS; index++) {
    const username = `user-${index}`;
    someUser = await admin.create("user", { name: username, password: "of-the-bench" });
    await admin.grant(someUser, role, project);
    const { id } = await post<{ id: string }>("/users", { username });
    tokens.push((await post<{ token: string }>("/tokens", { user_id: id })).token);
  }
  return { tokens, someUser };
}

interface Asker {
  /** @param request as {@link requestOf} makes it */
  ask(request: string): Promise<unknown>;
  close(): void;
}

/** @param goesOn whether one more is sent, after so many */
async function speedOf(
  open: () => Promise<Asker>,
  tokens: readonly string[],
  goesOn: (count: number) => boolean,
): Promise<Speed> {
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, open));
  const taken: number[] = [];
  let sent = 0;
  const start = performance.now();
  const busy = async (connection: Asker) => {
    while (goesOn(sent)) {
      const asked = performance.now();
      await connection.ask(requestOf(tokens[sent++ % tokens.length] ?? ""));
      taken.push(performance.now() - asked);
    }
  };
  await Promise.all(connections.map(busy));
  const rate = (taken.length / (performance.now() - start)) * 1000;
  for (const connection of connections) connection.close();
  taken.sort((one, other) => one - other);
  const at = (share: number) => taken[Math.floor(taken.length * share)] ?? Number.NaN;
  return { rate, p50: at(0.5), p99: at(0.99) };
}
