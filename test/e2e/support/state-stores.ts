import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand, type Environment } from "./process.js";

/** A place for Terraform's state, on loopback. */
export interface StateStore {
  /** `terraform.state` of bootstrap.yaml. */
  readonly state: Readonly<Record<string, unknown>>;
  /** Credentials for Terraform. */
  readonly environment: Environment;
  /** The state of a stack as the store holds it, if it does. */
  read(stack: string): Promise<string | undefined>;
  stop(): Promise<void>;
}

const HOST = "127.0.0.1";

/** The protocol of Terraform's http backend, with locks. */
export async function startHttpStore(): Promise<StateStore> {
  const states = new Map<string, string>();
  const locks = new Map<string, string>();
  const server = createServer((request, response) => {
    const path = request.url?.split("?")[0] ?? "";
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const held = locks.get(path);
      switch (request.method) {
        case "LOCK":
          if (held === undefined) locks.set(path, body);
          response.writeHead(held === undefined ? 200 : 423).end(held);
          return;
        case "UNLOCK":
          locks.delete(path);
          response.end();
          return;
        case "POST":
          states.set(path, body);
          response.end();
          return;
        default:
          response.writeHead(states.has(path) ? 200 : 404).end(states.get(path));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    state: { backend: "http", address: `http://${HOST}:${port}/states` },
    environment: {},
    read: (stack) => Promise.resolve(states.get(`/states/${stack}`)),
    stop: () =>
      new Promise((resolve) =>
        server.close(() => {
          resolve();
        }),
      ),
  };
}

/** moto's S3, which speaks Amazon's protocol. */
export async function startS3Store(): Promise<StateStore> {
  const port = await freePort();
  const server = start(process.env["KAAS_MOTO_SERVER"] ?? "moto_server", ["-H", HOST, "-p", `${port}`]);
  const endpoint = `http://${HOST}:${port}`;
  await answers(port);
  await fetch(`${endpoint}/kaas-terraform-state`, { method: "PUT" });
  return {
    state: { backend: "s3", bucket: "kaas-terraform-state", endpoint },
    environment: { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
    read: async (stack) => {
      // moto asks who calls, and takes any signature.
      const authorization =
        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
      const response = await fetch(`${endpoint}/kaas-terraform-state/kaas/${stack}.tfstate`, {
        headers: { authorization },
      });
      return response.ok ? response.text() : undefined;
    },
    stop: () => stopped(server),
  };
}

/** PostgreSQL, which refuses to run as root. */
export async function startPostgresStore(): Promise<StateStore> {
  const folder = mkdtempSync(join(tmpdir(), "kaas-postgres-"));
  chmodSync(folder, 0o777);
  const binaries = process.env["KAAS_POSTGRES_BIN"] ?? "/usr/lib/postgresql/15/bin";
  // Unlike runuser, setpriv becomes the program, so that signals reach it.
  const identity = ["--reuid", "postgres", "--regid", "postgres", "--init-groups"];
  const as = (command: string, ...args: readonly string[]) => [...identity, join(binaries, command), ...args];
  const data = join(folder, "data");
  const options = { cwd: folder, environment: {} };
  await runCommand("initdb", "setpriv", as("initdb", "-D", data, "-A", "trust", "-U", "postgres"), options);
  const port = await freePort();
  const server = start("setpriv", as("postgres", "-D", data, "-h", HOST, "-p", `${port}`, "-k", folder));
  await answers(port);
  const url = `postgres://postgres@${HOST}:${port}/postgres?sslmode=disable`;
  return {
    state: { backend: "pg" },
    environment: { PG_CONN_STR: url },
    read: async (stack) => {
      const query = `select data from kaas_${stack.replaceAll("-", "_")}.states`;
      const text = await runCommand("psql", join(binaries, "psql"), [url, "-Atc", query], options);
      return text === "" ? undefined : text;
    },
    stop: async () => {
      await stopped(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function start(binary: string, args: readonly string[]): ChildProcess {
  return spawn(binary, args, { stdio: "ignore" });
}

const PATIENCE_MS = 15_000;

/** Ends a server that was started here, and does not wait for ever. */
async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const impatience = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    child.once("exit", () => {
      clearTimeout(impatience);
      resolve();
    });
    child.kill("SIGINT");
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Resolves when something listens; gives up after a minute. */
async function answers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, HOST);
      socket
        .once("connect", () => {
          resolve(true);
        })
        .once("error", () => {
          resolve(false);
        });
      socket.once("connect", () => socket.end());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`nothing answers on ${HOST}:${port}`);
}
