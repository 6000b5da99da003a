import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { ADMIN_TOKEN, AuthService } from "./auth-service.js";
import { freePort, HOST } from "./loopback-server.js";
import { OidcBalancer } from "./oidc-balancer.js";
import { fetchTrusting, type Fetch } from "./oidc-fetch.js";
import { type PublishedKeys } from "./oidc-jwt.js";
import { serverCertificate } from "./server-certificate.js";

/** A client as the configuration declares it, but for its secret, which stands here itself. */
export interface OidcClient {
  readonly id: string;
  readonly name?: string;
  readonly secret?: string;
  readonly redirectUris?: readonly string[];
  readonly [setting: string]: unknown;
}

export interface OidcIssuerProps {
  readonly clients: readonly OidcClient[];
  /** How long a replica takes what it knows of a user for true. @default - the service's own */
  readonly freshSeconds?: number;
  /** The configuration's `store`, as YAML, when there are several replicas. @default - one replica, with SQLite */
  readonly store?: string;
  /** @default 1 */
  readonly replicas?: number;
  /** 1 to 9. @default 4 */
  readonly logLevel?: number;
}

export interface OidcUser {
  readonly id: string;
  readonly username: string;
  readonly password: string;
}

/** kubernetes-auth as an issuer, with a certificate: processes of its own behind one address. */
export class OidcIssuer {
  readonly fetch: Fetch;

  private constructor(
    private readonly folder: string,
    readonly url: string,
    readonly replicas: readonly AuthService[],
    readonly balancer: OidcBalancer,
    /** PEM text. */
    authority: string,
  ) {
    this.fetch = fetchTrusting(authority);
  }

  static async start({
    clients,
    freshSeconds,
    store,
    replicas = 1,
    logLevel = 4,
  }: OidcIssuerProps): Promise<OidcIssuer> {
    const folder = mkdtempSync(join(tmpdir(), "kaas-oidc-"));
    const { authority, certificate, key } = await serverCertificate();
    const secret = (name: string, text: string) => {
      writeFileSync(join(folder, name), text, { mode: 0o600 });
      return { file: join(folder, name) };
    };
    writeFileSync(join(folder, "ca.crt"), authority);
    const balancer = await OidcBalancer.start();
    const url = `https://${HOST}:${balancer.port}`;
    const declared = clients.map(({ secret: text, ...client }) => ({
      name: `The client ${client.id}`,
      ...client,
      ...(text !== undefined && { secret: secret(`${client.id}.secret`, text) }),
    }));
    const encryptionKey = secret("encryption-key", "the-encryption-key-of-these-tests-of-the-issuer");
    const settings = stringify({
      oidc: { issuer: url, encryptionKey, clients: declared },
      ...(freshSeconds !== undefined && { identityCache: { freshSeconds } }),
    });
    const tls = { certificate, key, clientAuthority: authority };
    const services: AuthService[] = [];
    for (let index = 0; index < replicas; index += 1) {
      const port = await freePort();
      services.push(await AuthService.start({ port, tls, settings, logLevel, ...(store !== undefined && { store }) }));
    }
    const issuer = new OidcIssuer(folder, url, services, balancer, authority);
    issuer.lead(...services);
    return issuer;
  }

  /** The file of the authority of its certificate. */
  get authorityFile(): string {
    return join(this.folder, "ca.crt");
  }

  /** From now on these answer, a connection each in turn. */
  lead(...replicas: readonly AuthService[]): void {
    this.balancer.lead(replicas.map(({ address }) => address.port));
  }

  /** Asks the API as an administrator. @throws Error unless it succeeds */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers = { "x-auth-token": ADMIN_TOKEN };
    const answer = await this.fetch(`${this.url}${path}`, { method, headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }

  async addUser(username: string, ...groups: readonly string[]): Promise<OidcUser> {
    const password = `the-password-of-${username}`;
    const { id } = await this.call<{ id: string }>("POST", "/users", { username, password, groups });
    return { id, username, password };
  }

  async json<T>(path: string): Promise<T> {
    return (await (await this.fetch(`${this.url}${path}`)).json()) as T;
  }

  discovery(): Promise<Readonly<Record<string, unknown>> & { readonly jwks_uri: string }> {
    return this.json("/.well-known/openid-configuration");
  }

  /** The keys that it publishes now. */
  async keys(): Promise<PublishedKeys> {
    const { jwks_uri } = await this.discovery();
    return this.json(new URL(jwks_uri).pathname);
  }

  async close(): Promise<void> {
    await this.balancer.stop();
    for (const replica of this.replicas) await replica.close();
    rmSync(this.folder, { recursive: true });
  }
}
