import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, HOST, startServer, stopServer, untilListening } from "./loopback-server.js";
import { Moto } from "./moto.js";
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
  const moto = await Moto.start();
  const { endpoint } = moto;
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
    stop: () => moto.stop(),
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
  const server = startServer("setpriv", as("postgres", "-D", data, "-h", HOST, "-p", `${port}`, "-k", folder));
  await untilListening(port);
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
      await stopServer(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
