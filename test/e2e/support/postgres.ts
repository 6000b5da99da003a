import { type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { eventually } from "./eventually.js";
import { freePort, HOST, startServer, stopServer } from "./loopback-server.js";
import { runCommand } from "./process.js";

/** What a program other than PostgreSQL starts it with: it refuses to run as root. Unlike runuser, setpriv becomes the program. */
const IDENTITY = ["--pdeathsig", "KILL", "--reuid", "postgres", "--regid", "postgres", "--init-groups"];

/** A PostgreSQL server of its own, on loopback. Texts sort as in a dictionary, which is what many sites have. */
export class Postgres {
  private databases = 0;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private server: ChildProcess,
  ) {}

  static async start(): Promise<Postgres> {
    const folder = mkdtempSync(join(tmpdir(), "kaas-postgres-"));
    chmodSync(folder, 0o777);
    const locale = ["--encoding", "UTF8", "--locale-provider", "icu", "--icu-locale", "en-US", "--locale", "C.UTF-8"];
    const initdb = ["initdb", "-D", join(folder, "data"), "-A", "trust", "-U", "postgres", ...locale];
    await runCommand("initdb", "setpriv", [...IDENTITY, ...binary(initdb)], { cwd: folder, environment: {} });
    const port = await freePort();
    const postgres = new Postgres(folder, port, serverOf(folder, port));
    await postgres.untilReady();
    return postgres;
  }

  /** An empty database of its own. @returns its URL */
  async createDatabase(): Promise<string> {
    this.databases += 1;
    const name = `auth_${this.databases}`;
    await this.query(this.url("postgres"), `CREATE DATABASE ${name}`);
    return this.url(name);
  }

  url(database: string): string {
    return `postgres://postgres@${HOST}:${this.port}/${database}`;
  }

  /** What a statement answers, or several without values. */
  async query(url: string, text: string, values: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> {
    const client = new Client({ connectionString: url });
    // A connection that the server ends is told of by the statement too.
    client.on("error", () => undefined);
    await client.connect();
    try {
      const result = await client.query<Record<string, unknown>>(text, values.length === 0 ? undefined : [...values]);
      return result.rows;
    } finally {
      await client.end();
    }
  }

  /** What the last of several statements answers, which are run on one connection. */
  async queryLast(url: string, texts: readonly string[]): Promise<readonly Record<string, unknown>[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      let rows: readonly Record<string, unknown>[] = [];
      for (const text of texts) ({ rows } = await client.query<Record<string, unknown>>(text));
      return rows;
    } finally {
      await client.end();
    }
  }

  /** Stops every process of the server where it is: connections stay open, and nothing is answered. */
  async pause(): Promise<void> {
    for (const pid of await this.processes()) process.kill(pid, "SIGSTOP");
  }

  async resume(): Promise<void> {
    for (const pid of await this.processes()) process.kill(pid, "SIGCONT");
  }

  /** SIGQUIT ends it at once, as a crash does; SIGINT ends sessions first. */
  async end(signal: "SIGINT" | "SIGQUIT"): Promise<void> {
    const ended = new Promise((resolve) => this.server.once("exit", resolve));
    this.server.kill(signal);
    await ended;
  }

  async startAgain(): Promise<void> {
    this.server = serverOf(this.folder, this.port);
    await this.untilReady();
  }

  async stop(): Promise<void> {
    await stopServer(this.server);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async untilReady(): Promise<void> {
    await eventually(() => this.query(this.url("postgres"), "SELECT 1"), 60);
  }

  /** Its main process, and those of its connections. */
  private async processes(): Promise<readonly number[]> {
    const { pid } = this.server;
    if (pid === undefined) throw new Error("PostgreSQL does not run");
    const children = await runCommand("pgrep", "pgrep", ["-P", `${pid}`], { cwd: this.folder, environment: {} });
    return [pid, ...children.trim().split("\n").map(Number)];
  }
}

function binary([name = "", ...args]: readonly string[]): readonly string[] {
  return [join(process.env["KAAS_POSTGRES_BIN"] ?? "/usr/lib/postgresql/15/bin", name), ...args];
}

function serverOf(folder: string, port: number): ChildProcess {
  const args = ["postgres", "-D", join(folder, "data"), "-h", HOST, "-p", `${port}`, "-k", folder];
  return startServer("setpriv", [...IDENTITY, ...binary(args)]);
}
