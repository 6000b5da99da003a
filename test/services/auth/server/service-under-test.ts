import { request, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { Application } from "../../../../src/services/auth/application.js";
import { LocalBackend } from "../../../../src/services/auth/identity/local/local-backend.js";
import { makeAudit, makeLogger } from "../../../../src/services/auth/log.js";
import type { Issuer } from "../../../../src/services/auth/oidc/issuer.js";
import type { Server } from "../../../../src/services/auth/routes/server-type.js";
import { buildServer } from "../../../../src/services/auth/server.js";
import type { ReloadableSettings } from "../../../../src/services/auth/services.js";
import { parseSettings, readSecret } from "../../../../src/services/auth/settings-file.js";
import { migrateUp } from "../../../../src/services/auth/store/migrate.js";
import { SqlStore } from "../../../../src/services/auth/store/sql-store.js";
import { SqliteDatabase } from "../../../../src/services/auth/store/sqlite/sqlite-database.js";
import { CountedDatabase } from "./counted-database.js";

export const ADMIN_TOKEN = "the-administrators-token";
export const PASSWORD = "correct horse battery staple";
export const START = Date.parse("2026-11-21T12:00:00.000Z");

export interface Call {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly url: string;
  /** Value of x-auth-token. @default - the administrators' */
  readonly as?: string | null;
  /** Sent as JSON; a text is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

export interface StartOptions {
  readonly port?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly database?: CountedDatabase;
  readonly now?: number;
}

export interface Answer {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  json(): unknown;
}

/** The service on a port of its own: over a real SQLite store, with a clock that the test sets. */
export class ServiceUnderTest {
  now = START;
  current: ReloadableSettings = { adminTokens: [ADMIN_TOKEN], denyRules: [], warningDays: 30 };
  readonly log: Readonly<Record<string, unknown>>[] = [];

  private constructor(
    readonly database: CountedDatabase,
    private server: Server | undefined,
    private application: Application | undefined,
    private openIssuer: Issuer | undefined,
  ) {}

  /**
   * @param yaml the configuration. @default - an empty one
   * @param options.port @default - any that is free
   * @param options.environment where secrets of the configuration are. @default - there is none
   * @param options.database of another replica. @default - a new one
   * @param options.now when it starts
   */
  static async start(yaml = "", options: StartOptions = {}): Promise<ServiceUnderTest> {
    const { port = 0, environment = {}, database = new CountedDatabase(SqliteDatabase.open(":memory:")) } = options;
    await migrateUp(database);
    const store = new SqlStore(database);
    const service = new ServiceUnderTest(database, undefined, undefined, undefined);
    service.now = options.now ?? START;
    const destination = {
      write: (line: string) => {
        service.log.push(JSON.parse(line) as Record<string, unknown>);
      },
    };
    const logger = makeLogger(9, destination);
    const settings = parseSettings(yaml, "config.yaml");
    const application = new Application({
      settings,
      store,
      backend: new LocalBackend(store.localUsers),
      logger,
      audit: makeAudit(destination),
      current: () => service.current,
      now: () => service.now,
    });
    service.application = application;
    service.openIssuer =
      settings.oidc &&
      (await (
        await import("../../../../src/services/auth/oidc/issuer.js")
      ).Issuer.open({
        settings: settings.oidc,
        services: application.services,
        logger,
        secretOf: (reference, field) => readSecret(reference, field, { folder: "/", environment }),
      }));
    service.server = await buildServer({
      services: application.services,
      logger,
      version: "1.2.3",
      trustedProxies: settings.trustedProxies,
      ...(service.openIssuer !== undefined && { issuer: service.openIssuer }),
    });
    await service.server.listen({ host: "127.0.0.1", port });
    return service;
  }

  private get httpServer(): Server {
    if (this.server === undefined) throw new Error("it has not started");
    return this.server;
  }

  get address(): AddressInfo {
    return this.httpServer.server.address() as AddressInfo;
  }

  get app(): Application {
    if (this.application === undefined) throw new Error("it has not started");
    return this.application;
  }

  get issuer(): Issuer {
    if (this.openIssuer === undefined) throw new Error("it has no issuer");
    return this.openIssuer;
  }

  call({ method = "GET", url, as = ADMIN_TOKEN, body, headers }: Call): Promise<Answer> {
    const { port } = this.address;
    const options = {
      ...{ host: "127.0.0.1", port, path: url, method, agent: false },
      headers: { ...(as !== null && { "x-auth-token": as }), ...headers },
    };
    return new Promise((resolve, reject) => {
      const sent = request(options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          const { statusCode = 0, headers: answered } = answer;
          resolve({ statusCode, headers: answered, body: text, json: () => JSON.parse(text) as unknown });
        });
      });
      sent.on("error", reject);
      sent.end(body === undefined || typeof body === "string" ? body : JSON.stringify(body));
    });
  }

  /** What a call answers that must succeed. */
  async get<T>(call: Call): Promise<T> {
    const answer = await this.call(call);
    if (answer.statusCode >= 300) throw new Error(`${call.url}: ${answer.statusCode} ${answer.body}`);
    return (answer.body === "" ? undefined : answer.json()) as T;
  }

  async addUser(username: string, fields: object = {}): Promise<string> {
    const body = { username, ...fields };
    return (await this.get<{ id: string }>({ method: "POST", url: "/users", body })).id;
  }

  async addToken(userId: string, fields: object = {}): Promise<{ readonly id: string; readonly token: string }> {
    return this.get({ method: "POST", url: "/tokens", body: { user_id: userId, ...fields } });
  }

  async signIn(username: string, password = PASSWORD): Promise<string> {
    const body = { username, password };
    return (await this.get<{ session: string }>({ method: "POST", url: "/sign-in", as: null, body })).session;
  }

  /** Status of the answer to a TokenReview. */
  async review(token: string, spec: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const body = { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token, ...spec } };
    const answer = await this.get<{ status: Record<string, unknown> }>({
      method: "POST",
      url: "/authenticate/token",
      as: null,
      body,
    });
    return answer.status;
  }

  audited(event: string): readonly Readonly<Record<string, unknown>>[] {
    return this.log.filter((line) => line["event"] === event);
  }

  async close(): Promise<void> {
    await this.server?.close();
    this.openIssuer?.close();
    await this.application?.close();
  }
}
