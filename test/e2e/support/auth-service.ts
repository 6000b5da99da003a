import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { eventually } from "./eventually.js";
import { freePort, HOST } from "./loopback-server.js";

const ROOT = resolve(import.meta.dirname, "../../..");
const MAIN = join(ROOT, "src/services/auth/main.ts");
const TSX = join(ROOT, "node_modules/tsx/dist/esm/index.mjs");

export const ADMIN_TOKEN = "the-administrators-token-of-these-tests";

export interface AuthServiceProps {
  /** Address that it listens on. @default - loopback */
  readonly host?: string;
  /** @default - a free one */
  readonly port?: number;
  /** PEM texts. @default - plain HTTP */
  readonly tls?: { readonly certificate: string; readonly key: string; readonly clientAuthority: string };
  /** The configuration's `store`, as YAML. @default - SQLite in the service's folder */
  readonly store?: string;
  /** More of the configuration, as YAML. @default - nothing */
  readonly settings?: string;
  /** 1 to 9. @default 4 */
  readonly logLevel?: number;
  /** Files of this folder that its process loads before it. @default - none */
  readonly modules?: readonly string[];
}

/** kubernetes-auth as a process of its own, with SQLite in a folder of its own. */
export class AuthService {
  private child: ChildProcess | undefined;

  private constructor(
    readonly folder: string,
    readonly address: { readonly host: string; readonly port: number },
    private readonly args: readonly string[],
    private readonly modules: readonly string[],
  ) {}

  static async start({
    host = HOST,
    port,
    tls,
    store = "{type: sqlite, path: store.sqlite}",
    settings = "",
    logLevel = 4,
    modules = [],
  }: AuthServiceProps = {}): Promise<AuthService> {
    const folder = mkdtempSync(join(tmpdir(), "kaas-auth-"));
    const address = { host, port: port ?? (await freePort()) };
    const lines = [`listen: ${host}:${address.port}`, `store: ${store}`, settings];
    if (tls !== undefined) {
      writeFileSync(join(folder, "server.crt"), tls.certificate);
      writeFileSync(join(folder, "server.key"), tls.key, { mode: 0o600 });
      writeFileSync(join(folder, "ca.crt"), tls.clientAuthority);
      lines.push("tls: {certificate: server.crt, key: server.key, clientAuthority: ca.crt}");
    }
    writeFileSync(join(folder, "config.yaml"), lines.join("\n"));
    const args = ["-config-file", join(folder, "config.yaml"), "-log-level", String(logLevel)];
    const service = new AuthService(folder, address, args, modules);
    await service.resume();
    return service;
  }

  get url(): string {
    return `http://${this.address.host}:${this.address.port}`;
  }

  get pid(): number {
    if (this.child?.pid === undefined) throw new Error("kubernetes-auth does not run");
    return this.child.pid;
  }

  get hasEnded(): boolean {
    return this.child?.exitCode !== null || this.child.signalCode !== null;
  }

  /** All that it has written. */
  get output(): string {
    return readFileSync(join(this.folder, "output"), "utf8");
  }

  /** Resident memory. */
  get memoryMiB(): number {
    const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.pid}/status`, "utf8")) ?? [];
    return Number(kib) / 1024;
  }

  /** Starts it, also again. */
  async resume(): Promise<void> {
    const output = openSync(join(this.folder, "output"), "a");
    const environment = { ...process.env, KUBERNETES_AUTH_ADMIN_TOKEN: ADMIN_TOKEN, NODE_OPTIONS: "" };
    const modules = this.modules.flatMap((file) => ["--import", join(import.meta.dirname, file)]);
    this.child = spawn(process.execPath, ["--import", TSX, ...modules, MAIN, ...this.args], {
      env: environment,
      stdio: ["ignore", output, output],
    });
    closeSync(output);
    const seen = this.output.split("kubernetes-auth: ready").length;
    await eventually(() => {
      if (this.hasEnded) throw new Error(`kubernetes-auth ended:\n${this.output.slice(-3000)}`);
      if (this.output.split("kubernetes-auth: ready").length <= seen) throw new Error("kubernetes-auth does not start");
      return Promise.resolve();
    }, 60);
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** Resolves when it has ended. */
  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const { child } = this;
    if (child === undefined || this.hasEnded) return;
    const ended = once(child, "exit");
    child.kill(signal);
    // One that was stopped does not hear.
    child.kill("SIGCONT");
    await ended;
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true });
  }

  /** Asks the API as an administrator, over plain HTTP. @throws Error unless it succeeds */
  async call<T>(method: string, path: string, body?: unknown, token = ADMIN_TOKEN): Promise<T> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: { "x-auth-token": token },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }
}
