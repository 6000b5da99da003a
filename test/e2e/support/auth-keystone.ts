import { type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, HOST, startServer, stopServer, untilListening } from "./loopback-server.js";
import { runCommand } from "./process.js";
import { serverCertificate } from "./server-certificate.js";

const ADMIN_PASSWORD = "admin-pass";
/** Debian's Python must see no modules but its own. */
const WITHOUT_PYTHON_SETTINGS = ["-u", "PYTHONPATH", "-u", "PYTHONHOME"];

const configuration = (folder: string, cache: string) => `
[DEFAULT]
log_file =
use_stderr = true
[database]
connection = sqlite:///${folder}/keystone.db
sqlite_synchronous = false
[identity]
# The fewest: each sign-in would cost a quarter of a second.
password_hash_rounds = 4
[fernet_tokens]
key_repository = ${folder}/fernet
[fernet_receipts]
key_repository = ${folder}/fernet
[credential]
key_repository = ${folder}/credential
[cache]
${cache}
[oslo_messaging_notifications]
driver = noop
`;

const CACHES = { none: "enabled = false", memory: "enabled = true\nbackend = dogpile.cache.memory" } as const;

export interface AuthKeystoneProps {
  /** What it remembers between requests, as operators have it: changes are seen late then. @default none */
  readonly cache?: keyof typeof CACHES;
}

/** Keystone by itself on loopback, with a database of its own. */
export class AuthKeystone {
  private process: ChildProcess | undefined;
  private adminToken: string | undefined;

  private constructor(
    private readonly folder: string,
    /** PEM text. */
    readonly caCertificate: string,
    private readonly ports: { readonly plain: number; readonly tls: number },
  ) {}

  static async start({ cache = "none" }: AuthKeystoneProps = {}): Promise<AuthKeystone> {
    const folder = mkdtempSync(join(tmpdir(), "kaas-keystone-"));
    for (const name of ["fernet", "credential"]) mkdirSync(join(folder, name), { mode: 0o700 });
    const { authority, certificate, key } = await serverCertificate();
    writeFileSync(join(folder, "keystone.conf"), configuration(folder, CACHES[cache]));
    writeFileSync(join(folder, "server.pem"), certificate);
    writeFileSync(join(folder, "server.key"), key, { mode: 0o600 });
    const keystone = new AuthKeystone(folder, authority, { plain: await freePort(), tls: await freePort() });
    // Keystone reads by one connection while it writes by another, which only this mode of the file allows.
    const journal = `import sqlite3; sqlite3.connect("${folder}/keystone.db").execute("pragma journal_mode = wal")`;
    const options = { cwd: folder, environment: {} };
    await runCommand(
      "sqlite",
      "/usr/bin/env",
      [...WITHOUT_PYTHON_SETTINGS, "/usr/bin/python3", "-c", journal],
      options,
    );
    await keystone.manage("db_sync");
    const owner = ["--keystone-user", "root", "--keystone-group", "root"];
    await Promise.all([keystone.manage("fernet_setup", ...owner), keystone.manage("credential_setup", ...owner)]);
    await keystone.manage("bootstrap", "--bootstrap-password", ADMIN_PASSWORD);
    await keystone.resume();
    return keystone;
  }

  /** With a certificate of {@link caCertificate}. */
  get url(): string {
    return `https://${HOST}:${this.ports.tls}/v3`;
  }

  /** Asks as the admin of the system. @returns what the answer holds, if anything */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    this.adminToken ??= await this.signInAsAdmin();
    const { text } = await this.send(method, path, body, { "x-auth-token": this.adminToken });
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }

  /** Asks as a user, in a project. */
  async callAs<T>(
    user: { readonly id: string; readonly password: string },
    project: string,
    path: string,
    body: unknown,
  ) {
    const identity = { methods: ["password"], password: { user } };
    const scope = { project: { id: project } };
    const signIn = await this.send("POST", "/auth/tokens", { auth: { identity, scope } }, {});
    const { text } = await this.send("POST", path, body, { "x-auth-token": signIn.token });
    return JSON.parse(text) as T;
  }

  /** New keys: every token that was given is void. */
  async forgetTokens(): Promise<void> {
    rmSync(join(this.folder, "fernet"), { recursive: true });
    mkdirSync(join(this.folder, "fernet"), { mode: 0o700 });
    await this.manage("fernet_setup", "--keystone-user", "root", "--keystone-group", "root");
    await this.kill();
    this.adminToken = undefined;
    await this.resume();
  }

  /** Takes connections and answers nothing, until it is resumed. */
  pause(): Promise<void> {
    this.process?.kill("SIGSTOP");
    return Promise.resolve();
  }

  /** Goes on after a pause, and starts again after a kill. */
  async resume(): Promise<void> {
    this.process?.kill("SIGCONT");
    if (this.process !== undefined) return;
    const { plain, tls } = this.ports;
    // One process of one thread: to stop it is to stop Keystone.
    this.process = startServer("/usr/bin/env", [
      ...WITHOUT_PYTHON_SETTINGS,
      `OS_KEYSTONE_CONFIG_FILES=${join(this.folder, "keystone.conf")}`,
      ...["/usr/bin/uwsgi", "--plugin", "python3", "--wsgi-file", "/usr/bin/keystone-wsgi-public"],
      ...["--http-socket", `${HOST}:${plain}`, "--https-socket", this.httpsSocket(tls)],
      ...["--enable-threads", "--need-app", "--buffer-size", "65535", "--disable-logging"],
      ...["--add-header", "Connection: close"],
    ]);
    await untilListening(plain);
  }

  async kill(): Promise<void> {
    if (this.process === undefined) return;
    await stopServer(this.process);
    this.process = undefined;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private httpsSocket(port: number): string {
    return `${HOST}:${port},${join(this.folder, "server.pem")},${join(this.folder, "server.key")}`;
  }

  private async manage(command: string, ...args: readonly string[]): Promise<void> {
    const program = ["/usr/bin/keystone-manage", "--config-file", join(this.folder, "keystone.conf"), command];
    await runCommand(`keystone ${command}`, "/usr/bin/env", [...WITHOUT_PYTHON_SETTINGS, ...program, ...args], {
      cwd: this.folder,
      environment: {},
    });
  }

  private async signInAsAdmin(): Promise<string> {
    const user = { name: "admin", domain: { name: "Default" }, password: ADMIN_PASSWORD };
    const auth = { identity: { methods: ["password"], password: { user } }, scope: { system: { all: true } } };
    return (await this.send("POST", "/auth/tokens", { auth }, {})).token;
  }

  private async send(method: string, path: string, body: unknown, headers: Readonly<Record<string, string>>) {
    const url = `http://${HOST}:${this.ports.plain}/v3${path}`;
    const text = body === undefined ? "" : JSON.stringify(body);
    const length = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
    // Not by fetch: it opens a connection ahead of the next request, and the one process of Keystone would wait for that.
    const sent = request(url, { method, agent: false, headers: { ...headers, ...length } }).end(text);
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    const answer = Buffer.concat((await response.toArray()) as Buffer[]).toString();
    if ((response.statusCode ?? 500) >= 300) throw new Error(`${method} ${path}: ${answer}`);
    return { text: answer, token: response.headers["x-subject-token"]?.toString() ?? "" };
  }
}
