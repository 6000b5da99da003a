import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as client from "openid-client";
import type { CountedDatabase } from "../server/counted-database.js";
import { PASSWORD, ServiceUnderTest } from "../server/service-under-test.js";
import { Browser, type Page } from "./browser.js";

export const WEB_SECRET = "the secret of the web client";
export const REDIRECT = "https://app.example.com/callback";
const ENVIRONMENT = {
  KEY: "an encryption key that is long enough to be taken",
  OTHER_KEY: "another encryption key that is long enough as well",
  WEB: WEB_SECRET,
  OTHER: "the secret of another client",
};

export interface IssuerOptions {
  /** Further lines of the section `oidc`. */
  readonly oidc?: string;
  readonly backchannel?: string;
  readonly port?: number;
  readonly database?: CountedDatabase;
  readonly encryptionKey?: "KEY" | "OTHER_KEY";
}

/** The service with an issuer on loopback, a web client `web` and a public one `kubernetes`, and a user alice. */
export class IssuerUnderTest {
  private constructor(
    readonly service: ServiceUnderTest,
    readonly origin: string,
  ) {}

  static async start(options: IssuerOptions = {}): Promise<IssuerUnderTest> {
    const port = options.port ?? (await freePort());
    const origin = `http://127.0.0.1:${port}`;
    const yaml = `
oidc:
  issuer: ${origin}
  encryptionKey: {env: ${options.encryptionKey ?? "KEY"}}
  clients:
    - id: web
      name: The <web> client
      secret: {env: WEB}
      redirectUris: [${REDIRECT}]
      postLogoutRedirectUris: [https://app.example.com/bye]
      ${options.backchannel === undefined ? "" : `backchannelLogoutUri: ${options.backchannel}`}
    - id: kubernetes
      name: kubectl
      public: true
      redirectUris: ["http://localhost:8000/"]
      deviceFlow: true
    - id: headlamp
      name: Headlamp
      secret: {env: OTHER}
      redirectUris: [https://headlamp.example.com/oidc-callback]
      audiences: [kubernetes]
${options.oidc ?? ""}
`;
    const { database } = options;
    // The library reads the clock of the machine.
    const started = { port, environment: ENVIRONMENT, now: Date.now(), ...(database && { database }) };
    return new IssuerUnderTest(await ServiceUnderTest.start(yaml, started), origin);
  }

  addAlice(fields: object = {}): Promise<string> {
    return this.service.addUser("alice", { password: PASSWORD, groups: ["developers", "admins"], ...fields });
  }

  browser(): Browser {
    return new Browser(this.origin);
  }

  /** What a client knows after discovery. */
  discover(clientId = "web", secret: string | null = WEB_SECRET): Promise<client.Configuration> {
    const authentication = secret === null ? client.None() : client.ClientSecretBasic(secret);
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the issuer is on loopback
    const options = { execute: [client.allowInsecureRequests] };
    return client.discovery(new URL(this.origin), clientId, undefined, authentication, options);
  }

  /** Signs in up to the code. @returns where the browser was sent, and what the client has to check it with */
  async authorize(
    configuration: client.Configuration,
    browser: Browser,
    parameters: Readonly<Record<string, string>> = {},
  ) {
    const checks = {
      pkceCodeVerifier: client.randomPKCECodeVerifier(),
      expectedState: client.randomState(),
      expectedNonce: client.randomNonce(),
    };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: REDIRECT,
      scope: "openid profile",
      code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: "S256",
      state: checks.expectedState,
      nonce: checks.expectedNonce,
      ...parameters,
    });
    const page = await browser.open(url.href);
    return { page: isSignIn(page) ? await signIn(browser, page) : page, checks };
  }

  async tokens(
    configuration: client.Configuration,
    browser = this.browser(),
    parameters: Readonly<Record<string, string>> = {},
  ) {
    const { page, checks } = await this.authorize(configuration, browser, parameters);
    return client.authorizationCodeGrant(configuration, page.url, checks);
  }

  audited(event: string) {
    return this.service.audited(event);
  }

  close(): Promise<void> {
    return this.service.close();
  }
}

export function isSignIn({ text }: Page): boolean {
  return text.includes('type="password"');
}

export function signIn(browser: Browser, page: Page, username = "alice", password = PASSWORD): Promise<Page> {
  return browser.submit(page, { username, password });
}

/** A server that keeps what it is sent, and answers with a status. */
export async function listener(
  status = 200,
): Promise<{ server: Server; url: string; bodies: string[]; close: () => Promise<void> }> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      bodies.push(Buffer.concat(chunks).toString());
      response.writeHead(status).end();
    });
  });
  const port = await listening(server, 0);
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => {
        resolve();
      });
    });
  return { server, url: `http://127.0.0.1:${port}/logout`, bodies, close };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listening(server, 0);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve) => {
    server.listen(port, "127.0.0.1", () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}
